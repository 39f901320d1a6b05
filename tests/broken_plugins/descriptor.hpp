// The descriptor of a plugin of the tests.
#pragma once

#include "skein/plugin.hpp"

namespace {

constexpr skein::PluginDescriptor described(const char* name, const char* dependencies = "") {
  return {.name = name, .version = "1.0.0", .summary = "for tests", .licence = "MIT", .dependencies = dependencies};
}

}  // namespace
