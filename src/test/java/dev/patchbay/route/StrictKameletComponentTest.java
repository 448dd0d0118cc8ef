package dev.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrictKameletComponentTest {

    private static final String SAY = """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: say-action
            spec:
              definition:
                required:
                  - text
                properties:
                  text:
                    type: string
                  voice:
                    type: string
                    default: alice
              template:
                from:
                  uri: kamelet:source
                  steps:
                    - setBody:
                        simple:
                          expression: "{{voice}}: {{text}}"
            """;

    @TempDir
    private Path dir;

    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void kamelets() throws Exception {
        Files.writeString(dir.resolve("say-action.kamelet.yaml"), SAY);
        StrictKameletComponent component = new StrictKameletComponent();
        component.setLocation("file:" + dir + "/");
        context.addComponent("kamelet", component);
    }

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    @Test
    void whatIsKnownPasses() throws Exception {
        assertThat(said("text: \"Hello, ${body}\"")).isEqualTo("alice: Hello, you");
        assertThat(context.getRoutes()).hasSize(2);
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThatThrownBy(() -> said("voice: man")).rootCause().hasMessageContaining("text");
    }

    @Test
    void whatIsMisspelledIsSaid() {
        assertThatThrownBy(() -> said("text: Hello\n            txet: Hello"))
                .rootCause()
                .hasMessage("Kamelet say-action has no parameter txet, only text, voice. A value with & or + is written"
                        + " RAW(...)");
    }

    @Test
    void anAmpersandEndsAValueWhichIsSaidAndRawKeepsIt() throws Exception {
        assertThatThrownBy(() -> said("text: Tom & Jerry"))
                .rootCause()
                .hasMessageContaining("no parameter  Jerry")
                .hasMessageContaining("RAW(...)");
        assertThat(said("text: RAW(Tom & Jerry + 1%)")).isEqualTo("alice: Tom & Jerry + 1%");
    }

    @Test
    void camelsOwnParametersPass() throws Exception {
        assertThat(said("text: Hello\n            routeId: saying")).isEqualTo("alice: Hello");
        assertThat(context.getRoute("saying")).isNotNull();
    }

    private Object said(String parameters) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("speak.camel.yaml", """
                - route:
                    id: speak
                    from:
                      uri: direct:speak
                      steps:
                        - to:
                            uri: kamelet:say-action
                            parameters:
                              %s
                """.formatted(
                        parameters.replace("\n            ", "\n              "))));
        context.start();
        return context.createProducerTemplate().requestBody("direct:speak", "you");
    }
}
