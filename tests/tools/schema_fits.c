/* schema_fits SCHEMA INSTANCE...: whether JSON files fit a JSON Schema of the keywords that ours
 * uses. Prints "yes" or "no" for each instance; exits with 2 on a file that is no JSON. A program
 * of its own, for jansson's names are also those of our JSON writer. */
#include <jansson.h>
#include <regex.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool
is_type(const json_t *value, const char *type)
{
    static const struct {
        const char *name;
        json_type type;
    } types[] = {{"object", JSON_OBJECT},
                 {"array", JSON_ARRAY},
                 {"string", JSON_STRING},
                 {"integer", JSON_INTEGER}};
    if (strcmp(type, "number") == 0)
        return json_is_number(value);
    if (strcmp(type, "boolean") == 0)
        return json_is_boolean(value);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].name, type) == 0)
            return json_typeof(value) == types[i].type;
    fprintf(stderr, "unknown type %s in the schema\n", type);
    exit(2);
}

static bool
fits(const json_t *root, const json_t *schema, const json_t *value);

static bool
fits_type(const json_t *rule, const json_t *value)
{
    size_t i;
    json_t *type;
    if (json_is_string(rule))
        return is_type(value, json_string_value(rule));
    json_array_foreach(rule, i, type) if (is_type(value, json_string_value(type))) return true;
    return false;
}

static bool
fits_any(const json_t *root, const json_t *rule, const json_t *value)
{
    size_t i;
    json_t *choice;
    json_array_foreach(rule, i, choice) if (fits(root, choice, value)) return true;
    return false;
}

static bool
is_one_of(const json_t *rule, const json_t *value)
{
    size_t i;
    json_t *word;
    json_array_foreach(rule, i, word) if (json_equal(word, value)) return true;
    return false;
}

static bool
fits_pattern(const char *pattern, const char *text)
{
    regex_t regex;
    if (regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB) != 0)
        exit(2);
    bool matches = regexec(&regex, text, 0, NULL, 0) == 0;
    regfree(&regex);
    return matches;
}

static bool
fits_members(const json_t *root, const json_t *schema, const json_t *value)
{
    const json_t *properties = json_object_get(schema, "properties");
    const json_t *others = json_object_get(schema, "additionalProperties");
    const char *key;
    json_t *member;
    json_object_foreach((json_t *)value, key, member)
    {
        const json_t *rule = json_object_get(properties, key);
        if (!rule)
            rule = others;
        if (json_is_false(rule) || (rule && !fits(root, rule, member)))
            return false;
    }
    size_t i;
    json_t *name;
    json_array_foreach(json_object_get(schema, "required"), i, name)
    {
        if (!json_object_get(value, json_string_value(name)))
            return false;
    }
    return true;
}

static bool
fits_items(const json_t *root, const json_t *items, const json_t *value)
{
    size_t i;
    json_t *item;
    json_array_foreach(value, i, item) if (!fits(root, items, item)) return false;
    return true;
}

static bool
fits_limits(const json_t *schema, const json_t *value)
{
    const json_t *low = json_object_get(schema, "minimum");
    const json_t *high = json_object_get(schema, "maximum");
    const json_t *above = json_object_get(schema, "exclusiveMinimum");
    double number = json_number_value(value);
    return (!low || number >= json_number_value(low)) &&
           (!high || number <= json_number_value(high)) &&
           (!above || number > json_number_value(above));
}

static const json_t *
referred(const json_t *root, const json_t *reference)
{
    static const char prefix[] = "#/$defs/";
    const char *path = json_string_value(reference);
    const json_t *rule = NULL;
    if (strncmp(path, prefix, sizeof prefix - 1) == 0)
        rule = json_object_get(json_object_get(root, "$defs"), path + sizeof prefix - 1);
    if (!rule)
        exit(2);
    return rule;
}

static bool
fits(const json_t *root, const json_t *schema, const json_t *value)
{
    const json_t *reference = json_object_get(schema, "$ref");
    const json_t *type = json_object_get(schema, "type");
    const json_t *any = json_object_get(schema, "anyOf");
    const json_t *words = json_object_get(schema, "enum");
    const json_t *pattern = json_object_get(schema, "pattern");
    const json_t *items = json_object_get(schema, "items");
    if (reference && !fits(root, referred(root, reference), value))
        return false;
    if ((type && !fits_type(type, value)) || (any && !fits_any(root, any, value)) ||
        (words && !is_one_of(words, value)))
        return false;
    if (pattern && !fits_pattern(json_string_value(pattern), json_string_value(value)))
        return false;
    if (json_is_number(value))
        return fits_limits(schema, value);
    if (json_is_array(value) && items)
        return fits_items(root, items, value);
    return !json_is_object(value) || fits_members(root, schema, value);
}

static json_t *
load(const char *path)
{
    json_error_t error;
    json_t *value = json_load_file(path, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (value)
        return value;
    fprintf(stderr, "%s:%d: %s\n", path, error.line, error.text);
    exit(2);
}

int
main(int count, char **argument)
{
    if (count < 2)
        return 2;
    json_t *schema = load(argument[1]);
    for (int i = 2; i < count; i++) {
        json_t *value = load(argument[i]);
        puts(fits(schema, schema, value) ? "yes" : "no");
        json_decref(value);
    }
    json_decref(schema);
    return 0;
}
