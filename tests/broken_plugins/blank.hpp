// What stands in blank.cpp until tests write something else there, at most as long.
#pragma once

#define SKEIN_BLANK_NAME "blank_name______________________________"
#define SKEIN_BLANK_VERSION "blank_version_______"
#define SKEIN_BLANK_DEPENDENCIES "blank_dependencies__________________________________________"
