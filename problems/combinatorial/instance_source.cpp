#include "problems/combinatorial/instance_source.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include "skein/text_file.hpp"
#include "skein_embedded/combinatorial_instances.hpp"

namespace skein {
namespace {

std::string path_of(const Value& file) {
  std::filesystem::path path(file.text());
  // What was typed has a place without lines, which is no file.
  if (file.where.line != 0) path = std::filesystem::path(file.where.file).parent_path() / path;
  return path.lexically_normal().string();
}

}  // namespace

std::optional<InstanceText> read_instance(const Value& file, std::span<const std::string_view> shipped,
                                          Diagnostics& diagnostics) {
  const std::string& name = file.text();
  if (std::ranges::find(shipped, name) != shipped.end()) {
    const auto documents = embedded::combinatorial_instances();
    const auto document = std::ranges::find(documents, name, &EmbeddedDocument::name);
    return InstanceText{std::string(document->file), true, std::string(document->text)};
  }
  InstanceText instance{path_of(file), false, ""};
  Diagnostics found;
  auto text = read_text_file(instance.file, found);
  for (Diagnostic diagnostic : found.items()) {
    diagnostic.where = file.where;
    diagnostic.path = "parameters/file";
    if (diagnostic.code == "file-not-found") {
      diagnostic.suggestion = nearest_name(name, std::vector<std::string>(shipped.begin(), shipped.end()));
    }
    diagnostics.add(std::move(diagnostic));
  }
  if (!text) return std::nullopt;
  instance.text = *std::move(text);
  return instance;
}

}  // namespace skein
