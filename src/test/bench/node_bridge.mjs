// A hand-written bridge on Node with ws: linear interpolation up, every second sample down.
// Usage: node_bridge.mjs <port> <agent port>
import { createServer } from "node:http";
import { WebSocket, WebSocketServer } from "ws";

const [port, agentPort] = process.argv.slice(2).map(Number);
const linear = new Int16Array(256);
for (let code = 0; code < 256; code++) {
  const inverted = ~code & 0xff;
  const magnitude = (((inverted & 0x0f) << 3) + 132) << ((inverted >> 4) & 7);
  linear[code] = inverted & 0x80 ? 132 - magnitude : magnitude - 132;
}
const mulaw = new Uint8Array(65536);
for (let at = 0; at < 65536; at++) {
  const sample = at - 32768;
  const magnitude = Math.min(Math.abs(sample), 32635) + 132;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  mulaw[at] = ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
}

function up(payload, state) {
  const codes = Buffer.from(payload, "base64");
  const pcm = Buffer.allocUnsafe(codes.length * 4);
  for (let at = 0; at < codes.length; at++) {
    const sample = linear[codes[at]];
    pcm.writeInt16LE((state.last + sample) >> 1, at * 4);
    pcm.writeInt16LE(sample, at * 4 + 2);
    state.last = sample;
  }
  return pcm.toString("base64");
}

function down(audio) {
  const pcm = Buffer.from(audio, "base64");
  const codes = Buffer.allocUnsafe(pcm.length >> 2);
  for (let at = 0; at < codes.length; at++) codes[at] = mulaw[pcm.readInt16LE(at * 4) + 32768];
  return codes.toString("base64");
}

const http = createServer();
new WebSocketServer({ server: http, perMessageDeflate: false }).on("connection", (caller) => {
  const state = { last: 0 };
  const waiting = [];
  let streamSid = "";
  const agent = new WebSocket(`ws://127.0.0.1:${agentPort}/agent`, { perMessageDeflate: false });
  agent.on("open", () => {
    agent.send(JSON.stringify({ type: "conversation_initiation_client_data" }));
    for (const chunk of waiting.splice(0)) agent.send(chunk);
  });
  agent.on("message", (data) => {
    const message = JSON.parse(data);
    if (message.type === "audio") {
      const payload = down(message.audio_event.audio_base_64);
      caller.send(JSON.stringify({ event: "media", streamSid, media: { payload } }));
    }
  });
  caller.on("message", (data) => {
    const message = JSON.parse(data);
    if (message.event === "start") {
      streamSid = message.streamSid;
    } else if (message.event === "media") {
      const chunk = JSON.stringify({ user_audio_chunk: up(message.media.payload, state) });
      if (agent.readyState === WebSocket.OPEN) agent.send(chunk);
      else waiting.push(chunk);
    }
  });
  caller.on("close", () => agent.close());
  agent.on("close", () => caller.close());
  agent.on("error", () => caller.close());
  caller.on("error", () => agent.close());
});
http.listen(port, "127.0.0.1");
