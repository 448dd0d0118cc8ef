package dev.patchbay.sandbox.agent;

import java.util.List;

/** Messages that a client must survive: none is well-formed, known and complete. */
final class Junk {
    private static final List<String> TEXTS = List.of(
            "",
            "{not json",
            "[]",
            "42",
            "\"ping\"",
            "null",
            "{}",
            "{\"type\":null}",
            "{\"type\":{\"a\":1}}",
            "{\"type\":\"unheard_of\",\"unheard_of_event\":{\"x\":[1,2,3]}}",
            "{\"type\":\"audio\"}",
            "{\"type\":\"audio\",\"audio_event\":null}",
            "{\"type\":\"audio\",\"audio_event\":[]}",
            "{\"type\":\"audio\",\"audio_event\":{\"event_id\":1}}",
            "{\"type\":\"audio\",\"audio_event\":{\"audio_base_64\":\"*** no base64 ***\",\"event_id\":1}}",
            "{\"type\":\"audio\",\"audio_event\":{\"audio_base_64\":17,\"event_id\":1}}",
            "{\"type\":\"audio\",\"audio_event\":{\"audio_base_64\":\"\",\"event_id\":1}}",
            "{\"type\":\"audio\",\"audio_event\":{\"audio_base_64\":\"AAAA\",\"event_id\":\"one\"}}",
            "{\"type\":\"ping\"}",
            "{\"type\":\"ping\",\"ping_event\":{}}",
            "{\"type\":\"ping\",\"ping_event\":{\"event_id\":\"zero\"}}",
            "{\"type\":\"interruption\"}",
            "{\"type\":\"interruption\",\"interruption_event\":{}}",
            "{\"type\":\"user_transcript\",\"user_transcription_event\":{}}",
            "{\"type\":\"agent_response\",\"agent_response_event\":{\"agent_response\":null}}",
            "{\"type\":\"agent_response_correction\"}",
            "{\"type\":\"client_tool_call\",\"client_tool_call\":{}}",
            "{\"type\":\"client_tool_call\",\"client_tool_call\":{\"tool_name\":\"../x\",\"tool_call_id\":7}}",
            "{\"type\":\"conversation_initiation_metadata\"}");

    private Junk() {}

    static void send(AgentSocket socket) {
        TEXTS.forEach(socket::text);
        socket.binary(new byte[] {0, 1, 2, (byte) 0xFF});
        // Two odd pieces: together whole samples again, so that what follows is not shifted by a byte.
        socket.audio(new byte[3], 9);
        socket.audio(new byte[5], 3);
    }
}
