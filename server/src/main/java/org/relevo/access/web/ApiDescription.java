package org.relevo.access.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.relevo.access.Actor;
import org.relevo.access.OpenToAll;
import org.relevo.access.Requires;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.csrf.CsrfToken;

/** What the API description says of every route alike: how to sign in, what problems look like, which action it is. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String ABOUT = """
            Everything that the desk does, by HTTP. Sign in with an API token (`Authorization: Bearer …`); a token belongs to one
            workspace. Lists are read page by page with `cursor`. Errors are problems (RFC 9457): branch on `type`. Send writes with
            an `Idempotency-Key`, so that a repeat changes nothing.""";

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(
                        Actor.class, Actor.Staff.class, Actor.Program.class, CsrfToken.class, Locale.class);
    }

    @Bean
    OpenAPI openApi() {
        var token = new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer");
        var components = new Components().addSecuritySchemes("token", token);
        return new OpenAPI()
                .info(new Info()
                        .title("RELEVO")
                        .version("1")
                        .description(ABOUT)
                        .license(new License().name("Apache-2.0")))
                .servers(List.of(new Server().url("/")))
                .components(components)
                .addSecurityItem(new SecurityRequirement().addList("token"));
    }

    private static Schema<?> problem() {
        var field = new ObjectSchema()
                .addProperty("pointer", new StringSchema())
                .addProperty("detail", new StringSchema())
                .required(List.of("pointer", "detail"));
        return new ObjectSchema()
                .addProperty(
                        "type", new StringSchema().description("What clients branch on; see the problems reference."))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema().description("What to do, in the reader's language."))
                .addProperty("errors", new ArraySchema().items(field))
                .required(List.of("type", "title", "status", "detail"));
    }

    @Bean
    OperationCustomizer actions() {
        return (operation, method) -> {
            var action = method.getMethodAnnotation(Requires.class);
            var open = method.getMethodAnnotation(OpenToAll.class);
            if (action != null) {
                operation.description("Action `" + action.value().permission() + "`.");
            } else if (open != null) {
                operation.description("Open to all: " + open.because() + ".").security(List.of());
            }
            operation.tags(List.of(method.getBeanType().getPackageName().split("\\.")[2]));
            return operation;
        };
    }

    @Bean
    OpenApiCustomizer everyRoute() {
        return api -> {
            var problem = new ApiResponse()
                    .description("A problem")
                    .content(new Content()
                            .addMediaType(
                                    "application/problem+json",
                                    new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
            api.getPaths()
                    .values()
                    .forEach(path -> path.readOperationsMap()
                            .forEach((method, operation) -> describe(method, operation, problem)));
            var sorted = new Paths();
            new TreeMap<>(api.getPaths()).forEach(sorted::addPathItem);
            api.setPaths(sorted);
            leaveOutWhatMayBeAbsent(api);
            api.getComponents().addSchemas("Problem", problem());
            api.getComponents().setSchemas(new TreeMap<>(api.getComponents().getSchemas()));
        };
    }

    /** Answers say {@code null}; in a request, whoever has nothing to say may leave the field out. */
    private static void leaveOutWhatMayBeAbsent(OpenAPI api) {
        var schemas = api.getComponents().getSchemas();
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .map(Operation::getRequestBody)
                .filter(Objects::nonNull)
                .flatMap(body -> body.getContent().values().stream())
                .forEach(content -> relax(content.getSchema(), schemas));
    }

    private static void relax(@Nullable Schema<?> given, Map<String, Schema> schemas) {
        var schema = given != null && given.get$ref() != null
                ? schemas.get(given.get$ref().substring(given.get$ref().lastIndexOf('/') + 1))
                : given;
        if (schema == null) {
            return;
        }
        relax(schema.getItems(), schemas);
        Map<String, Schema> properties = schema.getProperties() == null ? Map.of() : schema.getProperties();
        properties.forEach((name, property) -> {
            if (mayBeNull(property) && schema.getRequired() != null) {
                schema.getRequired().remove(name);
            }
            relax(property, schemas);
            choices(property).forEach(choice -> relax(choice, schemas));
        });
        if (schema.getRequired() != null && schema.getRequired().isEmpty()) {
            schema.setRequired(null);
        }
    }

    private static boolean mayBeNull(Schema<?> property) {
        var itself = property.getTypes() != null && property.getTypes().contains("null");
        return itself || choices(property).stream().anyMatch(ApiDescription::mayBeNull);
    }

    private static List<Schema> choices(Schema<?> property) {
        return property.getOneOf() == null ? List.of() : property.getOneOf();
    }

    private static void describe(PathItem.HttpMethod method, Operation operation, ApiResponse problem) {
        operation.getResponses().addApiResponse("default", problem);
        if (method != PathItem.HttpMethod.GET) {
            operation.addParametersItem(new HeaderParameter()
                    .name("Idempotency-Key")
                    .description(
                            "A repeat with the same key within two days gets the first answer and changes nothing.")
                    .schema(new StringSchema().maxLength(200)));
        }
    }
}
