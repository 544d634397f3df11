#!/bin/sh
# Run once while the image is built, as the candidate's user: starts the assistant up to its first call of a model, which
# nothing answers, so that Node keeps what it compiled in NODE_COMPILE_CACHE.
set -eu
export HOME=/tmp/warm PI_CODING_AGENT_DIR=/tmp/warm PI_OFFLINE=1 PI_TELEMETRY=0
mkdir "$HOME"
cat > "$HOME/models.json" << 'JSON'
{"providers": {"warm": {"api": "openai-completions", "baseUrl": "http://127.0.0.1:9/v1", "apiKey": "none", "models": [{"id": "warm"}]}}}
JSON
echo '{"defaultProvider": "warm", "defaultModel": "warm", "retry": {"enabled": false}}' > "$HOME/settings.json"
node /opt/assistant/dist/bundle/cli.js --no-session -p warm && exit 1
rm -rf "$HOME"
ls "$NODE_COMPILE_CACHE"/*/* > /dev/null
