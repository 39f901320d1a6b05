// Reports on their way from one process to another.
#include "plugin/packed_report.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>

namespace {

using skein::plugin::packed;
using skein::plugin::unpacked;

skein::PluginReport some_report() {
  skein::PluginReport report;
  report.file = "/a/b.so";
  report.name = "b";
  report.version = "1.2";
  report.summary = "with ; and\nlines and 5;";
  report.dependencies = "operators";
  report.reproducibility = skein::Reproducibility::none;
  report.adds.operators = {"x", "", "y"};
  report.adds.algorithms = {"search"};
  report.adds.graphs = {"part"};
  report.adds.roles = {"r"};
  report.adds.encodings = {"e"};
  report.adds.problems = {"z"};
  report.adds.object_types = {"history"};
  report.findings.add({"code", skein::Severity::warning, {"file", 3, 7}, "path", "message", "1", "2", ""});
  report.findings.add({"other", skein::Severity::error, {}, "", std::string("\0;", 2), "", "", "mend"});
  return report;
}

TEST_CASE("an unpacked report is the one that was packed") {
  const auto report = unpacked(packed(some_report()));
  REQUIRE(report);
  CHECK(packed(*report) == packed(some_report()));
  using skein::PluginContent;
  for (const auto names :
       {&PluginContent::operators, &PluginContent::algorithms, &PluginContent::graphs, &PluginContent::roles,
        &PluginContent::encodings, &PluginContent::problems, &PluginContent::object_types}) {
    CHECK(report->adds.*names == some_report().adds.*names);
  }
  REQUIRE(report->findings.items().size() == 2);
  CHECK(report->findings.items()[0].where.column == 7);
  CHECK(report->findings.items()[1].message == std::string("\0;", 2));
}

TEST_CASE("bytes that are no packed report give nothing") {
  const std::string bytes = packed(some_report());
  for (std::size_t length = 0; length < bytes.size(); ++length) CHECK_FALSE(unpacked(bytes.substr(0, length)));
  CHECK_FALSE(unpacked(bytes + "0;"));
  CHECK_FALSE(unpacked("99999999999999999999999;"));
  CHECK_FALSE(unpacked("-1;"));
}

}  // namespace
