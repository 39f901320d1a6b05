// Files that are no plugins, and plugins that do not survive being loaded.
#include <doctest/doctest.h>
#include <elf.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tests/plugin_loader/workshop.hpp"

namespace {

namespace fs = std::filesystem;
using loader_test::check_copy_is_refused;
using loader_test::check_golden;
using loader_test::check_refusal;
using loader_test::Loaded;
using loader_test::said_of;
using loader_test::Workshop;

TEST_CASE("a plugin file that is no shared object is refused") {
  const Workshop workshop;
  SUBCASE("text") { check_refusal(workshop, workshop.write("text.so", "#!/bin/sh\necho hello\n"), "text"); }
  SUBCASE("nothing") { check_refusal(workshop, workshop.write("empty.so", ""), "empty"); }
  SUBCASE("some zeros") { check_refusal(workshop, workshop.write("zeros.so", std::string(5000, '\0')), "zeros"); }
  SUBCASE("a program") {
    fs::copy_file(fs::read_symlink("/proc/self/exe"), workshop.path("program.so"));
    check_refusal(workshop, workshop.path("program.so").string(), "program");
  }
  SUBCASE("a folder") {
    fs::create_directory(workshop.path("folder.so"));
    check_refusal(workshop, workshop.path("folder.so").string(), "folder");
  }
  SUBCASE("another kind of ELF file") {
    const auto make_object = [](std::string& bytes) { bytes[offsetof(Elf64_Ehdr, e_type)] = ET_REL; };
    check_refusal(workshop, workshop.change("good", "object.so", make_object), "object");
  }
  SUBCASE("for another machine") {
    const auto change = [](std::string& bytes) { bytes[offsetof(Elf64_Ehdr, e_machine)] = EM_SPARC; };
    check_refusal(workshop, workshop.change("good", "machine.so", change), "machine");
  }
  SUBCASE("for another word size") {
    const auto change = [](std::string& bytes) { bytes[EI_CLASS] = ELFCLASS32; };
    check_refusal(workshop, workshop.change("good", "word_size.so", change), "word_size");
  }
}

TEST_CASE("a plugin file that is cut off is refused wherever that is") {
  const Workshop workshop;
  const std::size_t size = fs::file_size(fs::path(SKEIN_BROKEN_PLUGINS) / "good.so");
  for (const std::size_t length : {std::size_t{10}, std::size_t{63}, std::size_t{100}, size / 2, size - 1}) {
    CAPTURE(length);
    const auto cut = [&](std::string& bytes) { bytes.resize(length); };
    check_refusal(workshop, workshop.change("good", "cut.so", cut), "cut");
  }
}

TEST_CASE("a shared object without a plugin's symbols is refused") {
  SUBCASE("with neither") { check_copy_is_refused("no_descriptor"); }
  SUBCASE("without the register function") { check_copy_is_refused("no_register"); }
  SUBCASE("with one that nothing defines") { check_copy_is_refused("undefined_symbol"); }
}

TEST_CASE("a plugin that does not survive its own constructors does no harm") {
  SUBCASE("one throws") { check_copy_is_refused("constructor_throws"); }
  SUBCASE("one crashes") { check_copy_is_refused("constructor_crashes"); }
  SUBCASE("one aborts") { check_copy_is_refused("constructor_aborts"); }
  SUBCASE("one calls exit") { check_copy_is_refused("constructor_exits"); }
}

TEST_CASE("a plugin that hangs is given up") {
  const Workshop workshop;
  workshop.copy("good");
  workshop.copy("constructor_hangs");
  skein::PluginSources sources = workshop.searched();
  sources.seconds_to_try = 0.5;
  const Loaded loaded(sources);
  CHECK(loaded.has_loaded("good"));
  CHECK_FALSE(loaded.has_loaded("constructor_hangs"));
  check_golden(said_of(loaded, workshop), "constructor_hangs");
}

/// Takes the rights of root, who may read everything, from a process that has them.
class WithoutRoot {
 public:
  WithoutRoot() : was_root_(geteuid() == 0) {
    constexpr uid_t nobody = 65534;
    if (was_root_) REQUIRE(seteuid(nobody) == 0);
  }
  WithoutRoot(const WithoutRoot&) = delete;
  WithoutRoot& operator=(const WithoutRoot&) = delete;
  ~WithoutRoot() {
    if (was_root_) CHECK(seteuid(0) == 0);
  }

 private:
  bool was_root_;
};

TEST_CASE("a plugin file that cannot be read is refused") {
  const Workshop workshop;
  REQUIRE(chmod(workshop.folder().c_str(), 0755) == 0);
  REQUIRE(chmod(workshop.copy("good").c_str(), 0644) == 0);
  REQUIRE(chmod(workshop.copy("good", "unreadable.so").c_str(), 0) == 0);
  std::optional<Loaded> loaded;
  {
    const WithoutRoot now;
    loaded.emplace(workshop.searched());
  }
  CHECK(loaded->names() == "good");
  CHECK(loaded->codes() == std::vector<std::string>{"unreadable-plugin"});
  check_golden(said_of(*loaded, workshop), "unreadable");
}

TEST_CASE("an empty path is no plugin") {
  const Workshop workshop;
  const Loaded loaded(Workshop::asked_for({"", workshop.copy("good")}));
  CHECK(loaded.names() == "good");
  CHECK(loaded.diagnostics.error_count() == 1);
  check_golden(said_of(loaded, workshop), "empty_path");
}

TEST_CASE("a plugin file that is not there is refused") {
  const Workshop workshop;
  const Loaded loaded(Workshop::asked_for({workshop.path("nothing.so").string(), workshop.copy("good")}));
  CHECK(loaded.has_loaded("good"));
  CHECK(loaded.diagnostics.error_count() == 1);
  check_golden(said_of(loaded, workshop), "nothing");
}

}  // namespace
