import { CircleDollarSign, KeyRound, PlugZap, Sparkles } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";

/** Nothing there yet: what an upstream is for, and what will happen. */
export function FirstUpstream({ onAdd }: { onAdd: () => void }) {
  return (
    <Card data-testid="models-empty" className="py-10 sm:px-10">
      <div className="mx-auto max-w-3xl">
        <Sparkles aria-hidden size={30} className="text-ink-faint" />
        <h2 className="mt-3 text-[1.3rem] font-[640]">Let candidates build with language models</h2>
        <p className="mt-2 max-w-prose text-ink-soft">
          Anything that speaks OpenAI's protocol: a provider, or a server of your own such as vLLM or Ollama.
          Candidates call it through the platform, with a budget, and never see a key.
        </p>
        <ol className="mt-7 grid gap-6 sm:grid-cols-3">
          <Station icon={<KeyRound aria-hidden size={19} />} title="Give address and key">
            The key is sealed with the platform's secret, goes to that address alone and is never shown again.
          </Station>
          <Station icon={<CircleDollarSign aria-hidden size={19} />} title="Name models and prices">
            Prices turn calls into money, so that a budget can hold. Published assessments keep theirs.
          </Station>
          <Station icon={<PlugZap aria-hidden size={19} />} title="Test the connection">
            One press says whether it answers, and if it does not, what is wrong.
          </Station>
        </ol>
        <Button variant="primary" onPress={onAdd} className="mt-8">
          Add the first upstream
        </Button>
      </div>
    </Card>
  );
}

function Station({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <li>
      <span className="grid size-9 place-items-center rounded-lg bg-accent-soft text-accent">{icon}</span>
      <p className="mt-2.5 font-[620]">{title}</p>
      <p className="mt-0.5 text-[0.9rem] text-ink-soft">{children}</p>
    </li>
  );
}
