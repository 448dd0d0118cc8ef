package dev.patchbay.http.openapi;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** The OpenAPI document of the REST API, as its YAML file has it: every reference in it leads somewhere. */
public final class ApiDocument {

    private final String file;
    private final String text;
    private final JsonObject json;

    private ApiDocument(String file, String text, JsonObject json) {
        this.file = file;
        this.text = text;
        this.json = json;
    }

    /** @throws ApiDocumentException when the file is missing, is no YAML, or refers to what it does not have */
    public static ApiDocument read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new ApiDocumentException(
                    file.toString(), 1, 1, "cannot be read: " + e.getClass().getSimpleName(), e);
        }
        return of(file.toString(), text);
    }

    /**
     * @param file as messages name it
     * @throws ApiDocumentException when the text is no YAML, or refers to what it does not have
     */
    public static ApiDocument of(String file, String text) {
        ApiDocument document = new ApiDocument(file, text, parse(file, text));
        document.checkReferences("", document.json);
        return document;
    }

    /** The document as JSON; a copy. */
    public JsonObject json() {
        return json.copy();
    }

    /** The error that is at this place of the document, a JSON pointer such as {@code /paths/~1calls/get}. */
    ApiDocumentException mistake(String pointer, String reason) {
        YamlLines.Place place = YamlLines.place(text, pointer);
        return new ApiDocumentException(file, place.line(), place.column(), reason + " (" + pointer + ")", null);
    }

    private static JsonObject parse(String file, String text) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        try {
            Object root = new Yaml(new SafeConstructor(strict)).load(text);
            if (root instanceof Map<?, ?> map) {
                return new JsonObject(Json.encode(map)); // through a text, because YAML has keys that are no texts
            }
            throw new ApiDocumentException(file, 1, 1, "is no OpenAPI document", null);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            throw mark == null
                    ? new ApiDocumentException(file, 1, 1, e.getProblem(), e)
                    : new ApiDocumentException(file, mark.getLine() + 1, mark.getColumn() + 1, e.getProblem(), e);
        } catch (YAMLException e) {
            throw new ApiDocumentException(file, 1, 1, String.valueOf(e.getMessage()), e);
        }
    }

    private void checkReferences(String pointer, @Nullable Object value) {
        if (value instanceof JsonObject object) {
            object.forEach(member -> {
                String place = pointer + "/" + Pointers.escaped(member.getKey());
                if (member.getKey().equals("$ref") && member.getValue() instanceof String target) {
                    if (!target.startsWith("#/") || Pointers.find(json, target.substring(1)) == null) {
                        throw mistake(place, "refers to " + target + ", which is not in this document");
                    }
                } else {
                    checkReferences(place, member.getValue());
                }
            });
        } else if (value instanceof JsonArray list) {
            for (int i = 0; i < list.size(); i++) {
                checkReferences(pointer + "/" + i, list.getValue(i));
            }
        }
    }
}
