package org.relevo.platform.web;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.Id;
import org.springframework.stereotype.Component;

/**
 * Says in the API description what our records say: every component is there, and is {@code null} only if it is
 * {@code @Nullable}; ids are UUIDs, enums are the words on the wire.
 */
@Component
class RecordSchemas implements ModelConverter {

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        var raw = Json.mapper().constructType(type.getType()).getRawClass();
        if (Id.class.isAssignableFrom(raw)) {
            return new Schema<>().types(only("string")).format("uuid");
        }
        var resolved = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        if (resolved != null && raw.isRecord()) {
            var model = resolved.get$ref() == null
                    ? resolved
                    : context.getDefinedModels()
                            .get(resolved.get$ref().substring(resolved.get$ref().lastIndexOf('/') + 1));
            if (model != null && model.getProperties() != null) {
                List.of(raw.getRecordComponents()).forEach(component -> describe(model, component));
            }
        }
        return resolved;
    }

    /** The library adds to it and takes from it. */
    private static Set<String> only(String type) {
        return new LinkedHashSet<>(Set.of(type));
    }

    private static void describe(Schema<?> model, RecordComponent component) {
        var property = model.getProperties().get(component.getName());
        if (property == null) {
            return;
        }
        if (model.getRequired() == null || !model.getRequired().contains(component.getName())) {
            model.addRequiredItem(component.getName());
        }
        if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            model.getProperties().put(component.getName(), orNull(property));
        }
    }

    private static Schema<?> orNull(Schema<?> property) {
        if (property.get$ref() != null) {
            return new Schema<>().oneOf(List.of(new Schema<>().$ref(property.get$ref()), nothing()));
        }
        var types = new LinkedHashSet<String>();
        if (property.getTypes() != null) {
            types.addAll(property.getTypes());
        } else if (property.getType() != null) {
            types.add(property.getType().toLowerCase(Locale.ROOT));
        }
        types.add("null");
        property.setTypes(types);
        return orNone(property);
    }

    private static <T> Schema<T> orNone(Schema<T> property) {
        if (property.getEnum() != null && property.getEnum().stream().noneMatch(Objects::isNull)) {
            var words = new ArrayList<>(property.getEnum());
            words.add(null);
            property.setEnum(words);
        }
        return property;
    }

    private static Schema<?> nothing() {
        return new Schema<>().types(only("null"));
    }
}
