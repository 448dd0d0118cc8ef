package dev.patchbay.provider.elevenlabs;

import dev.patchbay.media.AgentCall;
import dev.patchbay.media.AgentClose;
import dev.patchbay.media.AgentConnection;
import dev.patchbay.media.AgentFormats;
import dev.patchbay.media.AgentListener;
import dev.patchbay.media.MessageAssembler;
import dev.patchbay.media.TextFrames;
import dev.patchbay.media.audio.AudioFormat;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** One conversation with an ElevenLabs agent over its socket (CONTRACTS 4). Runs on the call's event loop. */
final class ElevenLabsConnection implements AgentConnection, ElevenLabsMessages.Reader {

    /** Largest message taken from the agent, in bytes: its audio comes in large pieces. */
    static final int MAX_MESSAGE = 16 * 1024 * 1024;

    private static final short NORMAL = 1000;
    private static final short TOO_LARGE = 1009;

    private final AgentCall call;
    private final AgentListener listener;
    private final ElevenLabsMessages messages = new ElevenLabsMessages();
    private @Nullable WebSocket socket;
    private boolean closed;
    /** Audio up to this event was cut off by the caller and is void. */
    private long interruptedEvent = Long.MIN_VALUE;

    ElevenLabsConnection(AgentCall call, AgentListener listener) {
        this.call = call;
        this.listener = listener;
    }

    boolean isClosed() {
        return closed;
    }

    /** The conversation could not be opened. */
    void failed(String reason) {
        end(AgentClose.lost(reason));
    }

    void opened(WebSocket open) {
        socket = open;
        if (closed) {
            open.close(NORMAL);
            return;
        }
        MessageAssembler assembler = new MessageAssembler(
                MAX_MESSAGE,
                (json, from, to) -> {
                    listener.alive();
                    messages.read(json, from, to, this);
                },
                this::tooLarge,
                this::malformed);
        open.frameHandler(assembler::frame);
        open.drainHandler(v -> listener.drained());
        open.exceptionHandler(e -> {
            if (e instanceof io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException) {
                tooLarge();
            } else {
                end(AgentClose.lost("socket: " + e.getMessage()));
            }
        });
        open.closeHandler(v -> {
            Short code = open.closeStatusCode();
            String reason = open.closeReason();
            end(
                    code == null
                            ? AgentClose.lost("socket dropped")
                            : ElevenLabsConnector.close(code, reason == null ? "" : reason));
        });
        send(ElevenLabsMessages.initiation(call));
    }

    @Override
    public boolean wantsAudio(long eventId) {
        return !closed && (eventId < 0 || eventId > interruptedEvent);
    }

    @Override
    public void audio(byte[] data, int length) {
        listener.audio(data, length);
    }

    @Override
    public void message(String type, JsonObject message) {
        if (closed) {
            return;
        }
        switch (type) {
            case "conversation_initiation_metadata" ->
                metadata(body(message, "conversation_initiation_metadata_event"));
            case "ping" -> {
                Object eventId = body(message, "ping_event").getValue("event_id");
                if (eventId != null) {
                    send(ElevenLabsMessages.pong(eventId));
                }
            }
            case "interruption" -> {
                Long eventId = body(message, "interruption_event").getLong("event_id");
                if (eventId != null) {
                    interruptedEvent = Math.max(interruptedEvent, eventId);
                }
                listener.interrupted();
            }
            case "user_transcript" -> {
                String text = body(message, "user_transcription_event").getString("user_transcript");
                if (text != null) {
                    listener.userSaid(text);
                }
            }
            case "agent_response" -> {
                String text = body(message, "agent_response_event").getString("agent_response");
                if (text != null) {
                    listener.agentSaid(text);
                }
            }
            case "agent_response_correction" -> {
                JsonObject event = body(message, "agent_response_correction_event");
                listener.agentCorrected(
                        event.getString("original_agent_response", ""),
                        event.getString("corrected_agent_response", ""));
            }
            case "agent_response_complete" -> listener.turnEnded();
            case "client_tool_call" -> {
                JsonObject tool = body(message, "client_tool_call");
                String id = tool.getString("tool_call_id");
                if (id != null) {
                    listener.toolCalled(id, tool.getString("tool_name", ""), ElevenLabsMessages.parameters(tool));
                }
            }
            default -> {} // New kinds appear without notice and concern others.
        }
    }

    @Override
    public void malformed() {
        // Counted as a sign of life only: one bad message is no reason to cut a call.
    }

    @Override
    public void sendAudio(byte[] data, int length) {
        WebSocket open = socket;
        if (open != null) {
            TextFrames.send(open, messages.audioChunk(data, length));
        }
    }

    @Override
    public boolean writeQueueFull() {
        return socket != null && !socket.isClosed() && socket.writeQueueFull();
    }

    @Override
    public void sendContext(String text) {
        send(ElevenLabsMessages.contextualUpdate(text));
    }

    @Override
    public void sendUserMessage(String text) {
        send(ElevenLabsMessages.userMessage(text));
    }

    @Override
    public void sendToolResult(String toolCallId, String result, boolean error) {
        send(ElevenLabsMessages.toolResult(toolCallId, result, error));
    }

    @Override
    public void pause() {
        if (socket != null) {
            socket.pause();
        }
    }

    @Override
    public void resume() {
        if (socket != null) {
            socket.resume();
        }
    }

    @Override
    public void close() {
        closed = true;
        if (socket != null) {
            socket.close(NORMAL);
        }
    }

    private void metadata(JsonObject event) {
        String input = event.getString("user_input_audio_format", "pcm_16000");
        String output = event.getString("agent_output_audio_format", "pcm_16000");
        AudioFormat in = AudioFormat.of(input).orElse(null);
        AudioFormat out = AudioFormat.of(output).orElse(null);
        if (in == null || out == null) {
            end(AgentClose.lost("agent speaks an audio format that we do not: " + (in == null ? input : output)));
            close();
        } else {
            listener.ready(new AgentFormats(in, out), event.getString("conversation_id"));
        }
    }

    private void tooLarge() {
        WebSocket open = socket;
        end(AgentClose.lost("a message over " + MAX_MESSAGE + " bytes"));
        if (open != null) {
            open.close(TOO_LARGE, "message too large");
        }
    }

    private void end(AgentClose close) {
        if (!closed) {
            closed = true;
            listener.closed(close);
        }
    }

    private void send(JsonObject message) {
        if (socket != null) {
            TextFrames.send(socket, message.toBuffer().getBytes());
        }
    }

    private static JsonObject body(JsonObject message, String name) {
        JsonObject body = message.getJsonObject(name);
        return body == null ? new JsonObject() : body;
    }
}
