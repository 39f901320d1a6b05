// Where plugins are looked for, and from where nothing is loaded.
#include <doctest/doctest.h>
#include <stdlib.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/plugin_loader/workshop.hpp"

namespace {

namespace fs = std::filesystem;
using loader_test::check_golden;
using loader_test::check_refusal;
using loader_test::Loaded;
using loader_test::said_of;
using loader_test::Workshop;
using Names = std::vector<std::string>;

constexpr fs::perms by_all = fs::perms::others_write;

TEST_CASE("nothing is loaded from a folder into which every user may write") {
  const Workshop workshop;
  workshop.copy("good");
  fs::permissions(workshop.folder(), by_all, fs::perm_options::add);
  skein::PluginSources sources = workshop.searched();
  const Loaded loaded(sources);
  CHECK(loaded.registry().plugins().empty());
  CHECK(loaded.diagnostics.error_count() == 0);
  check_golden(said_of(loaded, workshop), "writable_folder");

  sources.allow_writable_directories = true;
  CHECK(Loaded(sources).names() == "good");
}

TEST_CASE("a plugin file that every user may write is refused") {
  const Workshop workshop;
  const std::string file = workshop.make({.name = "writable"});
  fs::permissions(file, by_all, fs::perm_options::add);
  check_refusal(workshop, file, "writable_file");

  skein::PluginSources sources = workshop.searched();
  sources.allow_writable_directories = true;
  CHECK(Loaded(sources).names() == "good writable");
}

TEST_CASE("a link in a folder into which every user may write is not followed") {
  const Workshop workshop;
  const Workshop open;
  fs::create_symlink(workshop.copy("good"), open.path("link.so"));
  fs::permissions(open.folder(), by_all, fs::perm_options::add);
  const Loaded loaded(open.searched());
  CHECK(loaded.registry().plugins().empty());
  CHECK(loaded.codes() == Names{"writable-plugin"});

  // Neither where it is only one of several on the way.
  const Workshop other;
  fs::create_symlink(open.path("link.so"), other.path("link.so"));
  CHECK(Loaded(other.searched()).registry().plugins().empty());
}

TEST_CASE("a link to a folder is not followed in a folder into which every user may write") {
  const Workshop workshop;
  const Workshop open;
  workshop.copy("good");
  fs::create_symlink(workshop.folder(), open.path("link"));
  skein::PluginSources sources;
  sources.directories = {open.path("link").string()};
  SUBCASE("with the sticky bit") { fs::permissions(open.folder(), fs::perms::sticky_bit, fs::perm_options::add); }
  SUBCASE("without it") {}
  fs::permissions(open.folder(), by_all, fs::perm_options::add);
  const Loaded loaded(sources);
  CHECK(loaded.registry().plugins().empty());
  CHECK(loaded.codes() == Names{"writable-plugin"});
  CHECK(loaded.diagnostics.items()[0].message.find(open.folder().string() + ":") != std::string::npos);
}

TEST_CASE("nothing is loaded from below a folder into which every user may write") {
  const Workshop workshop;
  fs::create_directory(workshop.path("sub"));
  workshop.copy("good", "sub/good.so");
  skein::PluginSources sources;
  sources.directories = {workshop.path("sub").string()};
  fs::permissions(workshop.folder(), by_all, fs::perm_options::add);
  CHECK(Loaded(sources).codes() == Names{"writable-plugin"});

  // With the sticky bit nobody else can replace the folder below.
  fs::permissions(workshop.folder(), fs::perms::sticky_bit, fs::perm_options::add);
  CHECK(Loaded(sources).names() == "good");
  workshop.copy("good");
  CHECK(Loaded(workshop.searched()).codes() == Names{"writable-plugin"});
}

TEST_CASE("the shipped plugins are found whatever the current folder is") {
  const fs::path before = fs::current_path();
  const std::string shipped = skein::shipped_plugin_directory();
  CHECK(fs::path(shipped).is_absolute());
  fs::current_path("/");
  CHECK(skein::shipped_plugin_directory() == shipped);
  fs::current_path(before);
}

TEST_CASE("a current folder that is gone is no reason to throw") {
  const fs::path before = fs::current_path();
  {
    const Workshop workshop;
    fs::create_directory(workshop.path("gone"));
    fs::current_path(workshop.path("gone"));
    fs::remove(workshop.path("gone"));
    skein::PluginSources sources = Workshop::asked_for({"some.so"});
    sources.directories = {"some_folder"};
    CHECK(Loaded(sources).codes() == Names{"unreadable-plugin-directory", "unreadable-plugin"});
    fs::current_path(before);
  }
}

TEST_CASE("links to a plugin load it once") {
  const Workshop workshop;
  const Workshop other;
  const std::string file = workshop.copy("good");
  fs::create_symlink(file, workshop.path("another_name.so"));
  fs::create_symlink(workshop.folder(), other.path("folder"));
  fs::create_symlink(file, other.path("link.so"));
  skein::PluginSources sources = workshop.searched();
  sources.directories.push_back(other.path("folder").string());
  sources.directories.push_back(other.folder().string());
  sources.directories.push_back(workshop.folder().string());
  sources.files = {file, other.path("link.so").string(), file};
  const Loaded loaded(sources);
  CHECK(loaded.names() == "good");
  CHECK(loaded.diagnostics.empty());
  REQUIRE(loaded.registry().plugin_reports().size() == 1);
  CHECK(loaded.registry().plugin_reports()[0].file == file);
}

TEST_CASE("links that lead nowhere are refused") {
  const Workshop workshop;
  SUBCASE("a loop") {
    fs::create_symlink("loop_b.so", workshop.path("loop_a.so"));
    fs::create_symlink("loop_a.so", workshop.path("loop_b.so"));
    const Loaded loaded(workshop.searched());
    check_golden(said_of(loaded, workshop), "link_loop");
  }
  SUBCASE("to nothing") {
    fs::create_symlink("nothing", workshop.path("dangling.so"));
    check_refusal(workshop, workshop.path("dangling.so").string(), "link_to_nothing");
  }
}

TEST_CASE("a folder that cannot be searched is a warning") {
  const Workshop workshop;
  workshop.copy("good");
  skein::PluginSources sources = workshop.searched();
  sources.directories.insert(sources.directories.begin(), workshop.path("missing").string());
  sources.directories.push_back(workshop.path("good.so").string());
  const Loaded loaded(sources);
  CHECK(loaded.names() == "good");
  CHECK(loaded.diagnostics.error_count() == 0);
  std::string said;
  for (const skein::Diagnostic& finding : loaded.diagnostics.items()) said += to_text(finding) + "\n";
  check_golden(workshop.stable(said), "missing_folder");
}

TEST_CASE("other files in a folder of plugins are of no interest") {
  const Workshop workshop;
  workshop.copy("good", "good.so.1");
  workshop.write(".so", "x");
  workshop.write("README", "x");
  const Loaded loaded(workshop.searched());
  CHECK(loaded.registry().plugin_reports().empty());
  CHECK(loaded.diagnostics.empty());
}

TEST_CASE("the variable SKEIN_PLUGIN_PATH names folders before that of the shipped plugins") {
  const char* before = getenv("SKEIN_PLUGIN_PATH");
  const std::string kept = before == nullptr ? "" : before;
  setenv("SKEIN_PLUGIN_PATH", ":/first::/second:", 1);
  const skein::PluginSources sources = skein::standard_plugin_sources();
  CHECK(sources.directories == Names{"/first", "/second", skein::shipped_plugin_directory()});
  CHECK(sources.files.empty());
  unsetenv("SKEIN_PLUGIN_PATH");
  CHECK(skein::standard_plugin_sources().directories == Names{skein::shipped_plugin_directory()});
  if (before != nullptr) setenv("SKEIN_PLUGIN_PATH", kept.c_str(), 1);
}

TEST_CASE("200 plugins are loaded in the order of their names") {
  const Workshop workshop;
  Names expected;
  for (int i = 0; i < 200; ++i) {
    expected.push_back("plugin_" + std::to_string(1000 + i));
    workshop.make({.name = expected.back()});
  }
  const Loaded loaded(workshop.searched());
  CHECK(loaded.registry().plugins() == expected);
  CHECK(loaded.registry().roles().size() == 200);
  CHECK(loaded.diagnostics.empty());
}

}  // namespace
