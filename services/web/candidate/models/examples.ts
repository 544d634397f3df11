import type { ModelBudgetView } from "../../../shared/contracts/models.ts";

export type ExampleLanguage = "python" | "node";

/** Three statements that work as they are in the workspace: Python has the client, Node needs none. */
export function exampleOf(language: ExampleLanguage, models: ModelBudgetView["models"]): string | null {
  const model = models.find(({ kind }) => kind === "chat") ?? models[0];
  if (!model) return null;
  const alias = JSON.stringify(model.alias);
  const isChat = model.kind === "chat";
  if (language === "python")
    return isChat
      ? `import openai
answer = openai.OpenAI().chat.completions.create(
    model=${alias}, messages=[{"role": "user", "content": "Hello"}])
print(answer.choices[0].message.content)`
      : `import openai
answer = openai.OpenAI().embeddings.create(model=${alias}, input=["Hello"])
print(len(answer.data[0].embedding))`;
  const body = isChat
    ? `{ model: ${alias}, messages: [{ role: "user", content: "Hello" }] }`
    : `{ model: ${alias}, input: ["Hello"] }`;
  const [path, found] = isChat
    ? ["chat/completions", "choices[0].message.content"]
    : ["embeddings", "data[0].embedding.length"];
  return `const headers = {
  authorization: \`Bearer \${process.env.OPENAI_API_KEY}\`, "content-type": "application/json" };
const answer = await fetch(\`\${process.env.OPENAI_BASE_URL}/${path}\`, { method: "POST", headers,
  body: JSON.stringify(${body}) });
console.log((await answer.json()).${found});`;
}
