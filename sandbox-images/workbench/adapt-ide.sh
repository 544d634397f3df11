#!/bin/sh
# Fits the installed code-server to a workspace: takes out what is of no use there (680 MB become about
# 240) and what would only distract.
set -eu
cd /opt/ide
keep="linux-$(node -p process.arch)"

# AI agents and their runtimes. They need an account and a network; the editor's settings turn them off.
rm -rf lib/vscode/node_modules/@github lib/vscode/node_modules/@microsoft/mxc-sdk/bin \
  lib/vscode/extensions/mermaid-markdown-features/chat-webview-out

# Programs for other systems.
find lib/vscode/node_modules/@vscode/ripgrep-universal/bin -mindepth 1 -maxdepth 1 ! -name "$keep" -exec rm -r {} +
find lib/vscode/node_modules/node-pty/prebuilds -mindepth 1 -maxdepth 1 ! -name "$keep" -exec rm -r {} +
rm -rf lib/vscode/node_modules/@parcel/watcher-linux-*-musl lib/vscode/node_modules/node-pty/third_party

# What building left behind, and sources only a developer of the editor reads.
find . -type d -name obj.target -prune -exec rm -r {} +
find . -type f \( -name '*.map' -o -name '*.pdb' -o -name '*.gyp' -o -name '*.gypi' -o -name '*.mk' \) -delete
rm -rf node_modules/typescript node_modules/nan node_modules/node-addon-api \
  lib/vscode/node_modules/nan lib/vscode/node_modules/node-addon-api \
  lib/vscode/node_modules/cpu-features/deps lib/vscode/node_modules/@vscode/sqlite3/deps

# Debian's Node is a shared library and its headers say so; the Node that runs the editor is one file
# that brings the same interface, so the native parts must not ask for the library.
find . -name '*.node' -type f | while read -r native; do
  library=$(patchelf --print-needed "$native" 2>/dev/null | grep '^libnode' || true)
  if [ "$library" ]; then patchelf --remove-needed "$library" "$native"; fi
done

# There is nothing to sign in to and no marketplace, and the keyboard layout matters to nobody here.
cat >> lib/vscode/out/vs/code/browser/workbench/workbench.css <<'CSS'

.action-item:has(.codicon-accounts-view-bar-icon),
.activitybar .action-item:has(.codicon-extensions-view-icon),
#status\.workbench\.keyboardLayout { display: none !important; }
CSS

# Some browsers keep storage from a frame of another site (private windows do). The editor only needs it to
# remember its layout, so there it gets one that lasts as long as the page.
node - <<'JS'
const { readFileSync, writeFileSync } = require("node:fs");
const page = "lib/vscode/out/vs/code/browser/workbench/workbench.html";
const mark = "performance.mark('code/didStartRenderer');";
const before = readFileSync(page, "utf8");
if (!before.includes(mark)) throw new Error(`${page} has no place for the storage of a frame`);
writeFileSync(page, before.replace(mark, `${readFileSync("/build/frame-storage.js", "utf8")}\n${mark}`));
JS
