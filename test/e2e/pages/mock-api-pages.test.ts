import { visitStates, withPages } from "../../support/pages/with-pages.ts";
import { MOCK_API_STATES } from "./mock-api-states.ts";

const pages = withPages();
visitStates(pages, "mock-apis", MOCK_API_STATES);
