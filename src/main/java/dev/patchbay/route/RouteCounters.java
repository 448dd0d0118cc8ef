package dev.patchbay.route;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.management.DefaultManagementObjectStrategy;
import org.apache.camel.management.mbean.ManagedCounter;
import org.apache.camel.management.mbean.ManagedPerformanceCounter;
import org.apache.camel.management.mbean.Statistic;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The counters that Camel keeps of a generation's routes for JMX, which hawtio and Prometheus show. They go on from one
 * generation to the next: at the flip the next begins with what the one before has counted, and gets the rest when the
 * last exchange of that one has ended.
 *
 * <p>Camel has no way to set a counter, so its private fields are; should a version of Camel have others, counting begins
 * anew and the log says so.
 */
final class RouteCounters {

    private static final Logger LOG = LoggerFactory.getLogger(RouteCounters.class);

    /** The context's own counters have this in place of a route's id. */
    private static final String ALL_ROUTES = "";

    private static final List<Field> SUMS = fields(
            "exchangesTotal",
            "exchangesCompleted",
            "exchangesFailed",
            "failuresHandled",
            "redeliveries",
            "externalRedeliveries",
            "totalProcessingTime");
    private static final List<Field> EXTREMES = fields("minProcessingTime", "maxProcessingTime");
    private static final List<Field> MOMENTS = fields(
            "lastProcessingTime",
            "meanProcessingTime",
            "firstExchangeCompletedTimestamp",
            "firstExchangeFailureTimestamp",
            "lastExchangeCreatedTimestamp",
            "lastExchangeCompletedTimestamp",
            "lastExchangeFailureTimestamp");

    /** Handing over is rare, and chains of generations are short. */
    private static final Object LOCK = new Object();

    private final Map<String, ManagedPerformanceCounter> counters = new ConcurrentHashMap<>();
    private final Map<String, long[]> handedOver = new HashMap<>();
    private @Nullable RouteCounters next;
    private boolean ended;

    private RouteCounters() {}

    /** Keeps hold of the counters of a context that is not started yet. */
    static RouteCounters of(CamelContext context) {
        RouteCounters kept = new RouteCounters();
        context.getManagementStrategy().setManagementObjectStrategy(new DefaultManagementObjectStrategy() {
            @Override
            public Object getManagedObjectForRoute(CamelContext of, Route route) {
                return kept.keep(route.getRouteId(), super.getManagedObjectForRoute(of, route));
            }

            @Override
            public Object getManagedObjectForCamelContext(CamelContext of) {
                return kept.keep(ALL_ROUTES, super.getManagedObjectForCamelContext(of));
            }
        });
        return kept;
    }

    /** Camel asks again when it unregisters, and takes the first answer as well. */
    private Object keep(String id, Object managed) {
        if (managed instanceof ManagedPerformanceCounter counter) {
            ManagedPerformanceCounter first = counters.putIfAbsent(id, counter);
            return first == null ? managed : first;
        }
        return managed;
    }

    /** Counts on from another generation's, which may go on counting until {@link #end}. */
    void goOnFrom(RouteCounters before) {
        synchronized (LOCK) {
            before.next = this;
            before.counters.forEach((id, counter) -> {
                long[] sums = sums(counter);
                before.handedOver.put(id, sums);
                ManagedPerformanceCounter mine = counters.get(id);
                if (mine != null) {
                    add(mine, sums);
                    copy(EXTREMES, counter, mine);
                    copy(MOMENTS, counter, mine);
                }
            });
        }
    }

    /** Nothing is counted here any more. */
    void end() {
        synchronized (LOCK) {
            ended = true;
            RouteCounters heir = next;
            while (heir != null && heir.ended) {
                heir = heir.next;
            }
            if (heir == null) {
                return;
            }
            for (Map.Entry<String, long[]> known : handedOver.entrySet()) {
                ManagedPerformanceCounter mine = counters.get(known.getKey());
                ManagedPerformanceCounter its = heir.counters.get(known.getKey());
                if (mine != null && its != null) {
                    long[] late = sums(mine);
                    for (int i = 0; i < late.length; i++) {
                        late[i] -= known.getValue()[i];
                    }
                    add(its, late);
                    copy(EXTREMES, mine, its);
                }
            }
            handedOver.clear();
            counters.clear();
        }
    }

    private static long[] sums(ManagedPerformanceCounter counter) {
        return SUMS.stream()
                .mapToLong(field -> statistic(field, counter).getValue())
                .toArray();
    }

    private static void add(ManagedPerformanceCounter counter, long[] sums) {
        for (int i = 0; i < sums.length; i++) {
            statistic(SUMS.get(i), counter).updateValue(sums[i]);
        }
    }

    private static void copy(List<Field> fields, ManagedPerformanceCounter from, ManagedPerformanceCounter to) {
        for (Field field : fields) {
            Statistic known = statistic(field, from);
            if (known.isUpdated()) {
                statistic(field, to).updateValue(known.getValue());
            }
        }
    }

    private static Statistic statistic(Field field, ManagedPerformanceCounter counter) {
        try {
            return (Statistic) field.get(counter);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Those of the names that Camel has, made accessible. */
    private static List<Field> fields(String... names) {
        List<Field> found = new ArrayList<>();
        for (String name : names) {
            try {
                Class<?> owner = name.equals("exchangesTotal") ? ManagedCounter.class : ManagedPerformanceCounter.class;
                Field field = owner.getDeclaredField(name);
                field.setAccessible(true);
                found.add(field);
            } catch (NoSuchFieldException | RuntimeException e) {
                LOG.warn("Camel's counter {} begins anew with every edit of the routes: {}", name, e.toString());
            }
        }
        return List.copyOf(found);
    }
}
