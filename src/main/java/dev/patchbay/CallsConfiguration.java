package dev.patchbay;

import dev.patchbay.agent.Agent;
import dev.patchbay.agent.AgentDirectory;
import dev.patchbay.agent.AgentLimits;
import dev.patchbay.call.CallRegistry;
import dev.patchbay.media.AgentConnector;
import dev.patchbay.media.AudioFirst;
import dev.patchbay.media.LiveCalls;
import dev.patchbay.media.MediaPipeline;
import dev.patchbay.media.MediaProperties;
import dev.patchbay.media.MediaStreams;
import dev.patchbay.media.StreamHooks;
import dev.patchbay.provider.elevenlabs.ElevenLabsProperties;
import dev.patchbay.store.AgentStore;
import dev.patchbay.store.CallJournals;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** Live calls, and who may take them. */
@Configuration
public class CallsConfiguration {

    /** Threads that write journals and run tools: what must not block an event loop. */
    private static final int WORKERS = 16;

    /** At the end it waits for what is still to be written. What is done for a call stays in its trace. */
    @Bean
    ThreadPoolTaskExecutor callWorker(ObjectProvider<Tracer> tracer) {
        ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
        executor.setThreadFactory(AudioFirst.threads("call-worker-"));
        executor.setCorePoolSize(WORKERS);
        tracer.ifAvailable(
                on -> executor.setTaskDecorator(task -> Context.current().wrap(task)));
        executor.setWaitForTasksToCompleteOnShutdown(true);
        executor.setAwaitTerminationSeconds(10);
        return executor;
    }

    @Bean
    LiveCalls liveCalls(MediaStreams streams) {
        return new LiveCalls(streams);
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService callTimer() {
        return Executors.newSingleThreadScheduledExecutor(AudioFirst.threads("call-timer-"));
    }

    @Bean
    CallRegistry callRegistry(ScheduledExecutorService callTimer) {
        return new CallRegistry(callTimer);
    }

    @Bean
    MediaStreams mediaStreams(
            MediaProperties properties,
            List<AgentConnector> connectors,
            MediaPipeline pipeline,
            CallJournals journals,
            CallRegistry registry,
            Executor callWorker,
            @Lazy StreamHooks hooks) {
        return new MediaStreams(
                properties,
                connectors,
                pipeline,
                call -> journals.open(call, registry, properties, callWorker),
                hooks,
                () -> System.nanoTime() / 1_000_000);
    }

    @Bean("agents")
    AgentDirectory agents(AgentStore stored, ElevenLabsProperties elevenLabs) {
        List<Agent> configured = new ArrayList<>();
        configured.add(agent("echo", "echo", null));
        if (elevenLabs.isConfigured()) {
            configured.add(agent(AgentDirectory.GENERAL, "elevenlabs", elevenLabs.agentId()));
        }
        return new AgentDirectory(stored::find, stored::findByPhone, configured);
    }

    private static Agent agent(String name, String provider, @Nullable String elevenLabsAgentId) {
        return new Agent(name, name, provider, null, null, elevenLabsAgentId, null, null, null, AgentLimits.DEFAULT);
    }
}
