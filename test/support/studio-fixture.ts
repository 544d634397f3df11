import { DuckDBInstance } from "@duckdb/node-api";
import type { StagedTables } from "../../services/shared/contracts/staged-dataset.ts";
