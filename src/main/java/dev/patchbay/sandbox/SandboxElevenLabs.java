package dev.patchbay.sandbox;

import dev.patchbay.sandbox.agent.SandboxSignatures;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What the routes that play ElevenLabs' REST API need from Java. */
public final class SandboxElevenLabs {
    /** Path of the agent socket on the public plane. */
    public static final String CONVERSATION_PATH = "/sandbox/elevenlabs/v1/convai/conversation";

    private final SandboxSignatures signatures;
    private final SandboxAddress address;

    public SandboxElevenLabs(SandboxSignatures signatures, SandboxAddress address) {
        this.signatures = signatures;
        this.address = address;
    }

    /** The {@code signed_url} of an agent: its socket on this machine, good for 15 minutes. */
    public String signedUrl(String agentId) {
        return address.sockets() + CONVERSATION_PATH + "?agent_id="
                + URLEncoder.encode(agentId, StandardCharsets.UTF_8) + "&conversation_signature="
                + signatures.issue(agentId);
    }
}
