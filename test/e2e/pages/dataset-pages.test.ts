import { visitStates, withPages } from "../../support/pages/with-pages.ts";
import { STUDIO_DATASET_STATES } from "./dataset-states.ts";

const pages = withPages();
visitStates(pages, "datasets", STUDIO_DATASET_STATES);
