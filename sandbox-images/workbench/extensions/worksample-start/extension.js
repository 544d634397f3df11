// Two small duties: to save what is unsaved every second, and, the first time a browser opens the workspace, to
// show README.md and a terminal. Later VS Code itself restores what was open.
const vscode = require("vscode");

const shownKey = "worksample.started";

async function showTask() {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder || vscode.window.tabGroups.all.some((group) => group.tabs.length > 0)) return;
  const readme = vscode.Uri.joinPath(folder.uri, "README.md");
  try {
    await vscode.workspace.fs.stat(readme);
  } catch {
    return; // no README: nothing to show
  }
  // As text: the rendered page needs a service worker, which not every browser allows in a frame.
  await vscode.window.showTextDocument(readme, { preview: false, preserveFocus: true });
}

// Focusing makes a terminal only when there is none, and only after VS Code has brought back old ones.
async function showTerminal() {
  await vscode.commands.executeCommand("workbench.action.terminal.focus");
  await vscode.commands.executeCommand("workbench.action.focusActiveEditorGroup");
}

// The editor saves when typing pauses. Someone who types through the last seconds never pauses, so what is
// unsaved is also saved every second, unless its owner has turned saving by itself off.
function keepSaving() {
  const timer = setInterval(() => {
    if (vscode.workspace.getConfiguration("files").get("autoSave") === "off") return;
    if (vscode.workspace.textDocuments.some((document) => document.isDirty && !document.isUntitled))
      void vscode.workspace.saveAll(false);
  }, 1000);
  return { dispose: () => clearInterval(timer) };
}

exports.activate = async (context) => {
  context.subscriptions.push(keepSaving());
  if (context.workspaceState.get(shownKey)) return;
  await context.workspaceState.update(shownKey, true);
  await showTask();
  await showTerminal();
};
