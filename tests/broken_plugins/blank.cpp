// Tests write name, version and dependencies into copies of this file.
#include "tests/broken_plugins/blank.hpp"
#include "skein/registry.hpp"
#include "tests/broken_plugins/descriptor.hpp"

// Not constants, or the compiler would be free to take their content from here.
extern "C" {
[[gnu::visibility("default")]] extern char blank_name[];
[[gnu::visibility("default")]] extern char blank_version[];
[[gnu::visibility("default")]] extern char blank_dependencies[];
char blank_name[] = SKEIN_BLANK_NAME;
char blank_version[] = SKEIN_BLANK_VERSION;
char blank_dependencies[] = SKEIN_BLANK_DEPENDENCIES;
}

const skein::PluginDescriptor skein_plugin_descriptor{.name = blank_name,
                                                      .version = blank_version,
                                                      .summary = "for tests",
                                                      .licence = "MIT",
                                                      .dependencies = blank_dependencies};

void skein_plugin_register(skein::Registry& registry) { registry.add(skein::RoleSpec{blank_name, "for tests", {}}); }
