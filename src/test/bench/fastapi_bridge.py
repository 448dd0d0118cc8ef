"""Seed 003's bridge as it stands there: FastAPI, websockets, audioop, state of the resampler thrown away after each chunk.

Usage: fastapi_bridge.py <port> <agent port>
"""

import asyncio
import audioop
import base64
import json
import sys

import uvicorn
import websockets
from fastapi import FastAPI, WebSocket, WebSocketDisconnect

app = FastAPI()
agent_url = f"ws://127.0.0.1:{sys.argv[2]}/agent"


def convert_mulaw_to_pcm(mulaw_base64: str) -> bytes:
    pcm_8khz = audioop.ulaw2lin(base64.b64decode(mulaw_base64), 2)
    pcm_16khz, _ = audioop.ratecv(pcm_8khz, 2, 1, 8000, 16000, None)
    return pcm_16khz


def convert_pcm_to_mulaw(pcm_16khz: bytes) -> str:
    pcm_8khz, _ = audioop.ratecv(pcm_16khz, 2, 1, 16000, 8000, None)
    return base64.b64encode(audioop.lin2ulaw(pcm_8khz, 2)).decode("utf-8")


async def receive_from_elevenlabs(elevenlabs_ws, twilio_ws: WebSocket, stream_sid: str) -> None:
    try:
        while True:
            data = json.loads(await elevenlabs_ws.recv())
            if "audio_event" in data:
                pcm = base64.b64decode(data["audio_event"]["audio_base_64"])
                media = {"event": "media", "streamSid": stream_sid, "media": {"payload": convert_pcm_to_mulaw(pcm)}}
                await twilio_ws.send_text(json.dumps(media))
    except websockets.ConnectionClosed:
        pass


@app.websocket("/twilio/media-stream")
async def twilio_media_stream(websocket: WebSocket) -> None:
    await websocket.accept()
    elevenlabs_ws = None
    receiver = None
    try:
        while True:
            data = json.loads(await websocket.receive_text())
            event = data.get("event")
            if event == "start":
                elevenlabs_ws = await websockets.connect(agent_url, compression=None)
                await elevenlabs_ws.send(json.dumps({"type": "conversation_initiation_client_data"}))
                receiver = asyncio.create_task(
                    receive_from_elevenlabs(elevenlabs_ws, websocket, data["start"]["streamSid"])
                )
            elif event == "media" and elevenlabs_ws:
                pcm = convert_mulaw_to_pcm(data["media"]["payload"])
                chunk = {"user_audio_chunk": base64.b64encode(pcm).decode("utf-8")}
                await elevenlabs_ws.send(json.dumps(chunk))
            elif event == "stop":
                break
    except WebSocketDisconnect:
        pass
    finally:
        if elevenlabs_ws:
            await elevenlabs_ws.close()
        if receiver:
            receiver.cancel()
        try:
            await websocket.close()
        except RuntimeError:
            pass


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", ws_per_message_deflate=False)
