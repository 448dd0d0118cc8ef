package dev.patchbay.route.check;

import dev.patchbay.twiml.TwimlTemplates;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceResolverSupport;
import org.apache.camel.support.ResourceSupport;

/** CamelContexts over a snapshot of the routes folder: nothing in them reads the disk. */
public final class RouteContexts {

    /** What a resource's name begins with when it is in the snapshot: {@code routes:kamelet/...}. */
    private static final String SCHEME = "routes";

    private RouteContexts() {}

    /** A context, not started, in which nothing is loaded yet; {@code kamelet:} finds its templates in the snapshot. */
    public static DefaultCamelContext of(String name, RouteSources sources, RouteBeans beans) {
        DefaultCamelContext context = new DefaultCamelContext(new DefaultRegistry(beans.repository()));
        context.getCamelContextExtension().setName(name);
        // One line for every edit is ours: what changed.
        context.setStartupSummaryLevel(StartupSummaryLevel.Off);
        context.getPropertiesComponent().addPropertiesSource(new Settings(beans));
        context.getRegistry().bind("resource-loader-" + SCHEME, new InSnapshot(sources));
        context.getRegistry().bind("twimlTemplates", templates(sources));
        context.getComponent("direct", DirectComponent.class).setBlock(false);
        context.getComponent("kamelet", KameletComponent.class).setLocation(SCHEME + ":kamelet/");
        return context;
    }

    /** Loads one file of the snapshot; what runs says that it comes from the file on disk. */
    public static void load(DefaultCamelContext context, RouteSources sources, String path) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(resource(sources, path));
    }

    private static TwimlTemplates templates(RouteSources sources) {
        return TwimlTemplates.of(sources.templateFiles().stream()
                .collect(Collectors.toMap(RouteSources::name, path -> sources.text(path))));
    }

    private static Resource resource(RouteSources sources, String path) {
        return new ResourceSupport("file", sources.shown(path)) {
            @Override
            public boolean exists() {
                return sources.has(path);
            }

            @Override
            public InputStream getInputStream() {
                return new ByteArrayInputStream(sources.bytes(path));
            }
        };
    }

    /** Finds resources in the snapshot. */
    private static final class InSnapshot extends ResourceResolverSupport {

        private final RouteSources sources;

        InSnapshot(RouteSources sources) {
            super(SCHEME);
            this.sources = sources;
        }

        @Override
        protected Resource createResource(String location, String remaining) {
            return resource(sources, remaining);
        }
    }

    /** {@code {{placeholders}}} are the settings. */
    private record Settings(RouteBeans beans) implements PropertiesSource {

        @Override
        public String getName() {
            return "settings";
        }

        @Override
        @SuppressWarnings("NullAway") // Camel takes null for "not here".
        public String getProperty(String key) {
            return beans.settings().apply(key);
        }
    }

    /** The same beans with some settings as given. */
    static RouteBeans with(RouteBeans beans, Map<String, String> given) {
        return new RouteBeans(
                beans.repository(),
                key -> given.containsKey(key)
                        ? given.get(key)
                        : beans.settings().apply(key),
                beans.names());
    }
}
