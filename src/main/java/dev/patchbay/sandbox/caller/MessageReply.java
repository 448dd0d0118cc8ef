package dev.patchbay.sandbox.caller;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that answers another one, as a TwiML document has it.
 *
 * @param events where Twilio reports what becomes of it; null: nowhere
 */
public record MessageReply(String text, @Nullable String events) {

    /**
     * The {@code <Message>}s of a document.
     *
     * @throws IllegalArgumentException when it is no TwiML
     */
    public static List<MessageReply> read(byte[] document) {
        try {
            return TwimlScript.children(TwimlScript.response(document)).stream()
                    .filter(element -> element.getTagName().equals("Message"))
                    .map(message -> new MessageReply(
                            TwimlScript.text(message), TwimlScript.attribute(message, "statusCallback")))
                    .toList();
        } catch (TwimlException fault) {
            throw new IllegalArgumentException(fault.violation().what(), fault);
        }
    }
}
