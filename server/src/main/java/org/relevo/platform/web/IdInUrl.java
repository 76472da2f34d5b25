package org.relevo.platform.web;

import java.lang.reflect.InvocationTargetException;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relevo.platform.Id;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.stereotype.Component;

/** Reads a typed id from a path or a query. Every id is a record of one UUID. */
@Component
final class IdInUrl implements GenericConverter {

    @Override
    public Set<ConvertiblePair> getConvertibleTypes() {
        return Set.of(new ConvertiblePair(String.class, Id.class));
    }

    @Override
    public @Nullable Object convert(@Nullable Object source, TypeDescriptor from, TypeDescriptor to) {
        if (source == null || source.toString().isEmpty()) {
            return null;
        }
        var value = UUID.fromString(source.toString());
        try {
            var constructor = to.getType().getDeclaredConstructor(UUID.class);
            return constructor.newInstance(value);
        } catch (NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException(to.getType() + " is not an id.", e);
        }
    }
}
