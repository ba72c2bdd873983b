#include "CResources.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char time_zones[] = {
#embed "Data/time-zones.bin"
};
static const unsigned char date_names[] = {
#embed "Data/date-names.tsv"
};

const struct carried_file carried_time_zones = {"time-zones.bin", time_zones, sizeof time_zones};
const struct carried_file carried_date_names = {"date-names.tsv", date_names, sizeof date_names};
