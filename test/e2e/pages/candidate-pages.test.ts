import { visitStates, withPages } from "../../support/pages/with-pages.ts";
import { CANDIDATE_STATES } from "./candidate-states.ts";

visitStates(withPages(), "candidate", CANDIDATE_STATES);
