import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser, BrowserContext, FrameLocator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import type { EgressService } from "../../services/gateway/egress/service.ts";
import { originLabel } from "../../services/shared/domain/workspace-access.ts";
import type { OpenSandbox } from "../../services/shared/sandbox/gateway-control.ts";
import { sandboxLayout } from "../../services/shared/sandbox/layout.ts";
import { launchBrowser } from "../support/browser.ts";
import {
  type GatewayFixture,
  insertRunningAttempt,
  send,
  startGatewayFixture,
} from "../support/gateway-fixture.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { startWorkbench, type WorkbenchContainer } from "../support/workbench-container.ts";

/** A web app as a candidate may write it: absolute asset paths, redirects, a cookie of its own, a form, a WebSocket. */
const APP = `
from aiohttp import web, WSMsgType
PAGE = """<!doctype html><script src="/static/app.js"></script><h1 id=title>App</h1><pre id=log></pre>
<form method=post action=/form><button>send</button></form>"""
SCRIPT = """
const log = (text) => document.getElementById('log').append(text + '\\\\n');
addEventListener('load', async () => {
  await fetch('/login');
  log('headers ' + await (await fetch('/headers')).text());
  const socket = new WebSocket('ws://' + location.host + '/echo?x=1');
  socket.onopen = () => socket.send('hello');
  socket.onmessage = (event) => log('socket ' + event.data);
  socket.onclose = () => log('socket closed');
});"""
async def page(request): return web.Response(text=PAGE, content_type="text/html")
async def script(request): return web.Response(text=SCRIPT, content_type="text/javascript")
async def login(request):
    response = web.Response(text="ok")
    response.set_cookie("app_session", "mine", httponly=True, samesite="Lax")
    return response
async def headers(request): return web.json_response(dict(request.headers))
async def form(request): raise web.HTTPSeeOther("/done?origin=" + request.headers.get("Origin", ""))
async def done(request): return web.Response(text="form from " + request.query["origin"])
async def echo(request):
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    async for message in socket:
        if message.type == WSMsgType.TEXT: await socket.send_str("echo " + message.data)
    return socket
app = web.Application()
app.add_routes([web.get("/", page), web.get("/static/app.js", script), web.get("/login", login),
  web.get("/headers", headers), web.post("/form", form), web.get("/done", done), web.get("/echo", echo)])
web.run_app(app, host="127.0.0.1", port=3000)
`;

const helpdesk: EgressService = {
  handle: (_request, response, attempt) => void response.end(`helpdesk of ${attempt.attemptId}`),
};

let database: TestDatabase;
let fixture: GatewayFixture;
let sandbox: OpenSandbox;
let workbench: WorkbenchContainer;
let platform: Server;
let platformUrl: string;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  platform = createServer((request, response) => {
    const source = new URL(request.url!, "http://localhost").searchParams.get("frame") ?? "about:blank";
    response.setHeader("content-type", "text/html");
    response.end(
      `<!doctype html><iframe src="${source.replaceAll("&", "&amp;")}" width=1200 height=800 allow="clipboard-read; clipboard-write"></iframe>`,
    );
  });
  await new Promise<void>((resolve) => platform.listen(0, "127.0.0.1", resolve));
  platformUrl = `http://worksample.localhost:${(platform.address() as AddressInfo).port}`;
  database = await createTestDatabase();
  fixture = await startGatewayFixture(database.db, {
    publicUrl: platformUrl,
    domain: "worksample.localhost",
    openServices: async () => new Map([["helpdesk.internal", helpdesk]]),
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await fixture?.close();
  await database?.drop();
  platform?.close();
});

beforeEach(async () => {
  sandbox = await fixture.openSandbox();
  await insertRunningAttempt(database.db, "host-1", sandbox);
  workbench = await startWorkbench(fixture.config.dataDir, sandbox, ["helpdesk.internal"]);
  context = await browser.newContext();
  page = await context.newPage();
});
afterEach(async () => {
  await context.close();
  await workbench.remove();
  await fixture.control.close(sandbox.sandboxId);
});

function enterUrl(target: "ide" | number): string {
  const origin = `http://${originLabel(sandbox.attemptId, target)}.${fixture.config.sandboxDomain}`;
  return `${origin}/_worksample/enter?ticket=${fixture.ticket(sandbox.attemptId, { target })}`;
}

async function openInFrame(target: "ide" | number, pageUrl = platformUrl): Promise<FrameLocator> {
  await page.goto(`${pageUrl}/?frame=${encodeURIComponent(enterUrl(target))}`);
  return page.frameLocator("iframe").first();
}

async function ideAnswers(): Promise<void> {
  const { ideSocket } = sandboxLayout(fixture.config.dataDir, sandbox.sandboxId);
  const status = () =>
    send(ideSocket, { path: "/healthz" }).then(
      (answer) => answer.status,
      () => 0,
    );
  await expect.poll(status, { timeout: 30_000 }).toBe(200);
}

test("VS Code works in a frame of the platform's page, down to the disk, until the sandbox is closed", async () => {
  const readme = join(workbench.files, "README.md");
  writeFileSync(readme, "# A heading of the task\n");
  chmodSync(readme, 0o666);
  const ide = await openInFrame("ide");
  // The frame came before the IDE did; it gets there by itself.
  await ide.locator(".monaco-workbench").waitFor({ timeout: 40_000 });
  await ide.getByRole("treeitem", { name: "README.md" }).dblclick();
  const editor = ide.locator(".monaco-editor[data-uri$='README.md']");
  await editor.locator(".view-line").first().click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("typed in the browser");
  await page.keyboard.press("Control+s");
  await expect
    .poll(() => readFileSync(readme, "utf8"), { timeout: 10_000 })
    .toContain("typed in the browser");

  // Webviews live in frames inside the frame, with service workers: the first thing that a wrong policy breaks.
  await page.keyboard.press("Control+Shift+v");
  // What it shows next is made in a second frame, which takes the place of the first.
  const webview = ide.frameLocator("iframe.webview").frameLocator("iframe#active-frame");
  await webview.getByRole("heading", { name: "A heading of the task" }).waitFor({ timeout: 20_000 });

  await fixture.control.close(sandbox.sandboxId);
  await database.db
    .updateTable("attempt")
    .set({ state: "ended" })
    .where("id", "=", sandbox.attemptId)
    .execute();
  await page.frames()[1]!.goto(`${new URL(enterUrl("ide")).origin}/`);
  await page.frameLocator("iframe").getByRole("heading", { name: "This workspace is closed" }).waitFor();
});

test("VS Code also works where the browser keeps no data for frames of another site", async () => {
  await ideAnswers();
  // Unlike `worksample.localhost`, this is another site than the sandbox's.
  const stranger = platformUrl.replace("worksample.localhost", "localhost");
  fixture.config.publicUrl = stranger;
  onTestFinished(() => {
    fixture.config.publicUrl = platformUrl;
  });
  const ide = await openInFrame("ide", stranger);
  const denied = await page.frames()[1]!.evaluate(() =>
    indexedDB.databases().then(
      () => false,
      () => true,
    ),
  );
  expect(denied, "this browser keeps no data here").toBe(true);
  await ide.locator(".monaco-workbench").waitFor({ timeout: 40_000 });
  await ide.locator(".xterm").first().waitFor({ timeout: 40_000 });
});

test.each(["worksample.localhost", "localhost"])(
  "a candidate's app works in a frame of %s, without the session of the visitor",
  async (platformHost) => {
    const pageUrl = platformUrl.replace("worksample.localhost", platformHost);
    fixture.config.publicUrl = pageUrl;
    onTestFinished(() => {
      fixture.config.publicUrl = platformUrl;
    });
    await ideAnswers();
    const waiting = await openInFrame(3000, pageUrl);
    await waiting.getByRole("heading", { name: "Nothing is listening on port 3000" }).waitFor();

    writeFileSync(join(workbench.files, "app.py"), APP);
    await workbench.start("python3 app.py");
    const app = page.frameLocator("iframe");
    // The page that waited turned into the app; the script came by an absolute path.
    await app.locator("#title").waitFor({ timeout: 20_000 });
    const log = app.locator("#log");
    await expect.poll(() => log.textContent(), { timeout: 10_000 }).toContain("socket echo hello");
    const text = await log.textContent();
    const headers = JSON.parse(/headers (.*)/.exec(text!)![1]!);
    expect(headers.Cookie).toBe("app_session=mine");
    expect(headers.Host).toBe(fixture.host(sandbox.attemptId, 3000));

    await app.getByRole("button", { name: "send" }).click();
    const origin = new URL(enterUrl(3000)).origin;
    await app.getByText(`form from ${origin}`).waitFor();
    expect(page.frames()[1]!.url()).toBe(`${origin}/done?origin=${origin}`);
  },
);

test("a preview's WebSocket ends at once when the sandbox is closed", async () => {
  await ideAnswers();
  writeFileSync(join(workbench.files, "app.py"), APP);
  await workbench.start("python3 app.py");
  const app = await openInFrame(3000);
  const log = app.locator("#log");
  await expect.poll(() => log.textContent().catch(() => ""), { timeout: 20_000 }).toContain("socket echo");
  await fixture.control.close(sandbox.sandboxId);
  await expect.poll(() => log.textContent(), { timeout: 2000 }).toContain("socket closed");
});

test("programs inside reach the services of their attempt by plain names", async () => {
  await ideAnswers();
  const printed = await workbench.run(
    "curl -sS http://helpdesk.internal/ && echo && curl -sS http://127.0.0.1/",
  );
  expect(printed).toContain(`helpdesk of ${sandbox.attemptId}`);
  expect(printed).toContain("unknown_internal_host");
  await fixture.restart();
  await fixture.gateway.restored;
  expect(await workbench.run("curl -sS http://helpdesk.internal/")).toBe(`helpdesk of ${sandbox.attemptId}`);
});
