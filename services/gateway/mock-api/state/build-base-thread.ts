import { workerData } from "node:worker_threads";
import { buildBase } from "./build-base.ts";

buildBase(workerData.source, workerData.target, workerData.plan);
