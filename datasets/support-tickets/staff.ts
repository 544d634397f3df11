import type { Random } from "./random.ts";
import type { Language } from "./tables.ts";
import { NAMES } from "./world/names.ts";

export interface Agent {
  readonly agent_id: string;
  readonly name: string;
  readonly team: string;
  readonly languages: readonly Language[];
}

export interface Product {
  readonly product_id: string;
  readonly name: string;
  readonly category: string;
}

export const PRODUCTS: readonly (Product & { readonly key: string })[] = [
  { key: "current_account", product_id: "prd_01", name: "Harbourly Current Account", category: "accounts" },
  { key: "debit_card", product_id: "prd_02", name: "Harbourly Debit Card", category: "cards" },
  { key: "virtual_card", product_id: "prd_03", name: "Virtual Card", category: "cards" },
  { key: "transfers", product_id: "prd_04", name: "Transfers", category: "payments" },
  { key: "savings_pot", product_id: "prd_05", name: "Savings Pots", category: "savings" },
  { key: "instant_loan", product_id: "prd_06", name: "Instant Loan", category: "lending" },
  { key: "joint_account", product_id: "prd_07", name: "Joint Account", category: "accounts" },
  { key: "travel_fx", product_id: "prd_08", name: "Travel & FX", category: "travel" },
  { key: "business_account", product_id: "prd_09", name: "Harbourly Business", category: "business" },
  { key: "premium_plan", product_id: "prd_10", name: "Plus & Premium Plans", category: "plans" },
  { key: "mobile_app", product_id: "prd_11", name: "Mobile & Web App", category: "channels" },
  { key: "rewards", product_id: "prd_12", name: "Rewards & Referrals", category: "plans" },
];

/** Team, how many people it has, and the name customers see. */
export const TEAMS: readonly { readonly key: string; readonly size: number; readonly title: string }[] = [
  { key: "general", size: 11, title: "Customer Care" },
  { key: "cards", size: 7, title: "Cards" },
  { key: "payments", size: 7, title: "Payments" },
  { key: "app_support", size: 4, title: "App Support" },
  { key: "verification", size: 4, title: "Verification" },
  { key: "fraud", size: 4, title: "Fraud" },
  { key: "disputes", size: 3, title: "Disputes" },
  { key: "lending", size: 2, title: "Lending" },
  { key: "savings", size: 1, title: "Savings" },
  { key: "business", size: 2, title: "Business" },
  { key: "complaints", size: 1, title: "Complaints" },
  { key: "privacy", size: 1, title: "Privacy" },
];

export function createAgents(random: Random): Agent[] {
  const communities = Object.keys(NAMES);
  const others: readonly Language[] = ["de", "es", "fr", "pt", "pl", "it", "nl"];
  const agents: Agent[] = [];
  const names = new Set<string>();
  for (const team of TEAMS) {
    for (let seat = 0; seat < team.size; seat++) {
      const number = agents.length + 1;
      let name = "";
      do {
        const bank = NAMES[random.pick(communities)]!;
        name = `${random.pick(bank.first)} ${random.pick(bank.last)[0]}.`;
      } while (names.has(name));
      names.add(name);
      const languages: Language[] = ["en", others[number % others.length]!];
      if (random.chance(0.35)) languages.push(others[(number + 3) % others.length]!);
      agents.push({ agent_id: `agt_${String(number).padStart(3, "0")}`, name, team: team.key, languages });
    }
  }
  return agents;
}
