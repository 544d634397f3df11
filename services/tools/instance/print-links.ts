import type { Demo } from "./demo-file.ts";

/** The three ways in, for people. */
export function printLinks(demo: Demo): void {
  const [candidate, ...more] = demo.candidateUrls;
  const last = more.pop();
  console.log(`
Candidate  ${candidate}
           (a personal link; more of them are in .worksample/demo.json)
           ${last}
           (the same task with a 3-minute limit, to see a deadline)
Reviewer   ${demo.reviewer.url}
           ${demo.reviewer.email}   ${demo.reviewer.password}
Admin      ${demo.admin.url}
           ${demo.admin.email}   ${demo.admin.password}`);
}
