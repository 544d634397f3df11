import { visitStates, withPages } from "../../support/pages/with-pages.ts";
import { ASSESSMENT_STATES } from "./assessment-states.ts";

const pages = withPages();
visitStates(pages, "assessments", ASSESSMENT_STATES);
