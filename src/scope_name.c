#include "scope_name.h"

#include "config.h"
#include "dataset.h"

struct scope_name
scope_name_of(const struct dataset *dataset, const struct config *config, uint32_t index)
{
    const struct scope *scope = &dataset->scope[index];
    uint32_t i = scope->index;
    switch (scope->kind) {
    case SCOPE_TEAM:
        return (struct scope_name){"team", "teams", dataset->teams.id[i],
                                   dataset_word(dataset, dataset->teams.name[i])};
    case SCOPE_SELLER:
        return (struct scope_name){"seller", "sellers", dataset->sellers.id[i],
                                   dataset_word(dataset, dataset->sellers.name[i])};
    case SCOPE_COMPANY:
        break;
    }
    return (struct scope_name){"company", "company", TEXT("company"), text_of(config->company)};
}
