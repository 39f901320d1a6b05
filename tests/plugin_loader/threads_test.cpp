// Sessions that load plugins at the same time.
#include <doctest/doctest.h>

#include <string>
#include <thread>

#include "tests/plugin_loader/workshop.hpp"

namespace {

using loader_test::Loaded;
using loader_test::said_of;
using loader_test::Workshop;

constexpr int plugin_count = 20;

/// Loads right and broken plugins from a folder of its own and from one that others search too. What became of them.
std::string load_everything(const Workshop& shared) {
  const Workshop own;
  for (const char* plugin : {"register_throws", "constructor_throws", "bad_graph", "other_api_major"}) own.copy(plugin);
  own.write("text.so", "no plugin");
  for (int i = 0; i < plugin_count; ++i) own.make({.name = "own_" + std::to_string(i)});
  skein::PluginSources sources = own.searched();
  sources.directories.push_back(shared.folder().string());
  const Loaded loaded(sources);
  return shared.stable(loaded.names() + "\n" + said_of(loaded, own));
}

TEST_CASE("sessions in two threads load plugins at the same time") {
  const Workshop shared;
  shared.copy("good");
  shared.copy("needs_missing");
  for (int i = 0; i < plugin_count; ++i) shared.make({.name = "shared_" + std::to_string(i)});
  std::string first;
  std::string second;
  std::thread beside([&] { first = load_everything(shared); });
  second = load_everything(shared);
  beside.join();
  const std::string alone = load_everything(shared);
  CHECK(first == alone);
  CHECK(second == alone);
  CHECK(alone.find("good shared_0") != std::string::npos);
}

}  // namespace
