# syntax=docker/dockerfile:1
FROM eclipse-temurin:25.0.3_9-jdk-noble AS build
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -q -pl cleanup-worker -am -DskipTests -Dspotless.check.skip=true package \
    && cp cleanup-worker/target/cleanup-worker-*-exec.jar application.jar \
    && java -Djarmode=tools -jar application.jar extract --layers --destination layers

FROM eclipse-temurin:25.0.3_9-jre-noble
RUN groupadd --gid 10001 purgeline \
    && useradd --uid 10001 --gid purgeline --no-create-home --shell /usr/sbin/nologin purgeline \
    && install -d -o purgeline -g purgeline /etc/purgeline /data/trainings /data/datasets
WORKDIR /application
COPY --from=build /source/layers/dependencies/ ./
COPY --from=build /source/layers/spring-boot-loader/ ./
COPY --from=build /source/layers/snapshot-dependencies/ ./
COPY --from=build /source/layers/application/ ./
USER purgeline
EXPOSE 8081
ENV SPRING_CONFIG_ADDITIONAL_LOCATION=optional:file:/etc/purgeline/
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=12 \
    CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:8081/health/readiness"]
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-jar", "application.jar"]
