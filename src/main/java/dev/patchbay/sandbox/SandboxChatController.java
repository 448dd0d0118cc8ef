package dev.patchbay.sandbox;

import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What came to the chat of the sandbox, on the operations plane: {@code GET /sandbox/chat}, newest first. */
@RestController
@Profile("sandbox")
final class SandboxChatController {

    private final SandboxChat chat;

    SandboxChatController(SandboxChat chat) {
        this.chat = chat;
    }

    @GetMapping(path = "/sandbox/chat", produces = MediaType.APPLICATION_JSON_VALUE)
    String list() {
        return chat.list().encode();
    }
}
