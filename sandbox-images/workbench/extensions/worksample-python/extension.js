const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

const terminalName = "Python";
let client;

// Through the terminals' shell, so that Pyright is killed for memory before the editor is.
function serverOptions() {
  const server = require.resolve("pyright/dist/pyright-langserver.js");
  const command = 'exec node --max-old-space-size=768 "$0" --stdio';
  return { command: "/etc/worksample/shell/bash", args: ["-c", command, server] };
}

async function runFile() {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== "python") return;
  await document.save();
  const path = vscode.workspace.asRelativePath(document.uri, false);
  const terminal =
    vscode.window.terminals.find((candidate) => candidate.name === terminalName) ??
    vscode.window.createTerminal(terminalName);
  terminal.show(true);
  terminal.sendText(`python '${path.replaceAll("'", "'\\''")}'`);
}

exports.activate = async (context) => {
  context.subscriptions.push(vscode.commands.registerCommand("worksample.runPython", runFile));
  client = new LanguageClient("worksample-python", "Python", serverOptions(), {
    documentSelector: [{ language: "python", scheme: "file" }],
    synchronize: { configurationSection: ["python"] },
  });
  await client.start();
};

exports.deactivate = () => client?.stop();
