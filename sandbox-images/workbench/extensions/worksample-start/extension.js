// The first time a browser opens the workspace: README.md and a terminal.
// Later VS Code itself restores what was open, so this stays out of the way.
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

exports.activate = async (context) => {
  if (context.workspaceState.get(shownKey)) return;
  await context.workspaceState.update(shownKey, true);
  await showTask();
  await showTerminal();
};
