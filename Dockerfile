# The gateway on JDK 17: built, taken apart into layers, and started from an archive of loaded classes (AppCDS), which
# halves the CPU time of a start.

FROM eclipse-temurin:17-jdk AS build
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY src src
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -ntp -DskipTests package
RUN java -Djarmode=tools -jar target/patchbay.jar extract --layers --destination layers

FROM eclipse-temurin:17-jre
WORKDIR /patchbay
RUN useradd --system --uid 10001 --home-dir /patchbay patchbay && mkdir data && chown patchbay data
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
COPY routes routes
# The archive is tied to this very JVM and these very jars, so it is made here and not in the build stage.
RUN PATCHBAY_DATA_DIR=/tmp/training java -XX:ArchiveClassesAtExit=patchbay.jsa -Dspring.context.exit=onRefresh -jar patchbay.jar \
    && rm -rf /tmp/training

USER patchbay
EXPOSE 8080 8081
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${PATCHBAY_HTTP_PORT:-8080} && printf 'GET /health HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["java", "-XX:SharedArchiveFile=patchbay.jsa", "-jar", "patchbay.jar"]
