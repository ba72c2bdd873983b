#include "CTOML.h"
extern "C" int ctoml_version(void) { return 1; }
