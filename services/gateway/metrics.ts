import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

const SECONDS = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60];

export type GatewayMetrics = ReturnType<typeof createMetrics>;

/** Labels never carry names that candidates choose. @param openSandboxes read at each scrape. */
export function createMetrics(openSandboxes: () => number) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  new Gauge({
    name: "worksample_gateway_open_sandboxes",
    help: "Sandboxes that browsers can enter and that can call out",
    registers,
    collect() {
      this.set(openSandboxes());
    },
  });
  return {
    registry,
    egressRequests: new Counter({
      name: "worksample_gateway_egress_requests_total",
      help: "Requests that sandboxes made, by class of host (mock_api, models, packages, unknown) and status",
      labelNames: ["host_class", "status"] as const,
      registers,
    }),
    egressSeconds: new Histogram({
      name: "worksample_gateway_egress_seconds",
      help: "Time from a sandbox's request to the end of its answer",
      labelNames: ["host_class"] as const,
      buckets: SECONDS,
      registers,
    }),
    ingressRequests: new Counter({
      name: "worksample_gateway_ingress_requests_total",
      help: "Requests of browsers, by target (enter, ide, preview, scratch, none) and status",
      labelNames: ["target", "status"] as const,
      registers,
    }),
    ingressSeconds: new Histogram({
      name: "worksample_gateway_ingress_first_byte_seconds",
      help: "Time from a browser's request to the head of its answer",
      labelNames: ["target"] as const,
      buckets: SECONDS,
      registers,
    }),
    webSockets: new Gauge({
      name: "worksample_gateway_websockets",
      help: "WebSocket connections between browsers and sandboxes",
      labelNames: ["target"] as const,
      registers,
    }),
    faults: new Counter({
      name: "worksample_gateway_faults_total",
      help: "Errors that nobody expected: bugs of the platform",
      labelNames: ["where"] as const,
      registers,
    }),
  };
}
