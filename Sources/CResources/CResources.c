#include "CResources.h"
const struct carried_file carried_files[] = {{0, 0, 0}};
const size_t carried_file_count = 0;
