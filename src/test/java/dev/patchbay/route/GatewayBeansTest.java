package dev.patchbay.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

class GatewayBeansTest {

    @Test
    void aProviderIsOnAsItsSwitchOrASettingSaysAndElseWithItsFolder() {
        Map<String, Object> settings =
                Map.of("patchbay.provider.switched.enabled", "true", "patchbay.provider.told.enabled", "false");
        try (AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext()) {
            beans.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
            beans.registerBean(ProviderSwitch.class, () -> new ProviderSwitch("switched", false));
            beans.refresh();
            var found = GatewayBeans.of(beans).settings();

            assertThat(found.apply("patchbay.provider.switched.enabled")).isEqualTo("false");
            assertThat(found.apply("patchbay.provider.told.enabled")).isEqualTo("false");
            assertThat(found.apply("patchbay.provider.acme.enabled")).isEqualTo("true");
            assertThat(found.apply("patchbay.provider.acme.key")).isNull();
            assertThat(found.apply("patchbay.recipe.acme.enabled")).isNull();
        }
    }
}
