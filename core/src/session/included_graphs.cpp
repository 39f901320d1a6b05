#include "session/included_graphs.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include "documents/findings.hpp"
#include "documents/graph_document.hpp"
#include "documents/json_reader.hpp"
#include "skein/text_file.hpp"

namespace skein {

namespace {

namespace fs = std::filesystem;

class Loader {
 public:
  /// `file`: the outermost document.
  Loader(const std::string& file, Diagnostics& diagnostics) : diagnostics_(diagnostics) {
    if (!file.empty()) open_files_.push_back(file);
  }

  void load(Graph& graph, const std::string& path) {
    for (GraphSlot& slot : graph.slots) {
      if (slot.initial) load(*slot.initial, join_path(path, "slots/" + slot.name + "/default"));
    }
    for (Node& node : graph.nodes) load(node.component, join_path(path, "nodes/" + node.name));
  }

  void load(std::vector<SlotFilling>& fillings, const std::string& path) {
    for (SlotFilling& filling : fillings) {
      for (Node& filler : filling.fillers) load(filler.component, join_path(path, "slots/" + filling.slot));
    }
  }

 private:
  void load(Component& component, const std::string& path) {
    load(component.slots, path);
    if (!component.file.empty()) {
      component.inline_graph = graph_of(component, path);
      component.faulty = component.faulty || component.inline_graph == nullptr;
    } else if (component.inline_graph != nullptr) {
      Graph copy = *component.inline_graph;
      load(copy, path + "/graph");
      component.inline_graph = std::make_shared<const Graph>(std::move(copy));
    }
  }

  /// A file that several components name is read once.
  std::shared_ptr<const Graph> graph_of(const Component& component, const std::string& path) {
    const std::string file =
        (fs::path(component.where.file).parent_path() / component.file).lexically_normal().string();
    if (const auto known = graphs_.find(file); known != graphs_.end()) return known->second;
    const auto same_file = [&](const std::string& open) { return fs::path(open).lexically_normal() == fs::path(file); };
    const auto open = std::ranges::find_if(open_files_, same_file);
    if (open != open_files_.end()) {
      report_cycle({open, open_files_.end()}, component, path);
      return nullptr;
    }
    open_files_.push_back(file);
    auto graph = read(file, component, path);
    open_files_.pop_back();
    graphs_.insert_or_assign(file, graph);
    return graph;
  }

  std::shared_ptr<const Graph> read(const std::string& file, const Component& component, const std::string& path) {
    Diagnostics found;
    const auto text = read_text_file(file, found);
    for (Diagnostic diagnostic : found.items()) {
      diagnostic.where = component.name_where;
      diagnostic.path = path + "/graph/file";
      diagnostics_.add(std::move(diagnostic));
    }
    const auto document = text ? parse_json_tree(*text, file, diagnostics_) : std::nullopt;
    if (!document) return nullptr;
    Graph graph = read_faulty_graph(*document, diagnostics_);
    load(graph, "");
    return std::make_shared<const Graph>(std::move(graph));
  }

  void report_cycle(const std::vector<std::string>& files, const Component& component, const std::string& path) {
    std::string cycle;
    for (const std::string& file : files) cycle += file + " -> ";
    cycle += files.front();
    diagnostics_.add({"graph-cycle", Severity::error, component.name_where, path + "/graph/file",
                      "Graphs include each other: " + cycle + ".", "graphs that do not contain themselves", cycle, ""});
  }

  Diagnostics& diagnostics_;
  std::vector<std::string> open_files_;
  std::map<std::string, std::shared_ptr<const Graph>> graphs_;
};

}  // namespace

void load_included_graphs(Graph& graph, Diagnostics& diagnostics) {
  Loader(graph.where.file, diagnostics).load(graph, "");
}

void load_included_graphs(RunDocument& document, Diagnostics& diagnostics) {
  Loader loader(document.where.file, diagnostics);
  loader.load(document.algorithm.slots, "algorithm");
  if (document.algorithm.inline_graph == nullptr) return;
  Graph copy = *document.algorithm.inline_graph;
  loader.load(copy, "algorithm/graph");
  document.algorithm.inline_graph = std::make_shared<const Graph>(std::move(copy));
}

}  // namespace skein
