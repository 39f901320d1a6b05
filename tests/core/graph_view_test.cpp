#include "skein/graph_view.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>

#include "compiler/compiler.hpp"
#include "skein/graph_builder.hpp"
#include "skein/registry.hpp"

using namespace skein;

namespace {

Registry registry_with_encoding() {
  Registry registry;
  EncodingSpec encoding;
  encoding.name = "numbers";
  encoding.summary = "one number";
  encoding.solution = "real[d]";
  registry.add(std::move(encoding));
  return registry;
}

std::optional<GraphView> view_of(Graph graph, Diagnostics& diagnostics) {
  const Registry registry = registry_with_encoding();
  auto problem = std::make_shared<Problem>();
  problem->name = "nothing";
  problem->encoding = "numbers";
  compiler::CompilerInput input;
  input.algorithm = std::make_shared<const Graph>(std::move(graph));
  input.problem = problem;
  input.purpose = compiler::Purpose::check;
  return compiler::view(registry, input, diagnostics);
}

const ViewEdge* find_edge(const GraphView& view, std::size_t from, std::size_t to) {
  const auto found =
      std::ranges::find_if(view.edges, [&](const ViewEdge& edge) { return edge.from == from && edge.to == to; });
  return found == view.edges.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("a loop is a box with a condition that leads in and out") {
  GraphBuilder inner("inner");
  inner.flow({});
  GraphBuilder graph("outer");
  graph.variable("stop", "boolean", false).node("empty", subgraph(inner.build()));
  graph.flow({loop({"empty"}).until("= stop")});
  Diagnostics diagnostics;
  const auto view = view_of(graph.build(), diagnostics);
  for (const Diagnostic& item : diagnostics.items()) MESSAGE(to_text(item));
  REQUIRE(view.has_value());
  REQUIRE(view->boxes.size() == 3);
  CHECK(view->boxes[1].kind == ViewBox::Kind::loop);
  CHECK(view->boxes[2].parent == 1);
  CHECK(view->boxes[2].path == "empty");
  REQUIRE(view->nodes.size() == 4);
  CHECK(view->nodes[1].kind == ViewNode::Kind::nothing);
  CHECK(view->nodes[2].kind == ViewNode::Kind::condition);
  CHECK(view->nodes[2].name == "until stop");
  CHECK(view->nodes[2].reads == std::vector<std::string>{"stop"});
  REQUIRE(find_edge(*view, 2, 1) != nullptr);
  CHECK(find_edge(*view, 2, 1)->way == ViewEdge::Way::no);
  REQUIRE(find_edge(*view, 2, 3) != nullptr);
  CHECK(find_edge(*view, 2, 3)->way == ViewEdge::Way::yes);
}

TEST_CASE("a graph with errors has no view") {
  GraphBuilder graph("wrong");
  graph.node("count", operation("nothing_like_it")).flow({"count"});
  Diagnostics diagnostics;
  CHECK(!view_of(graph.build(), diagnostics));
  CHECK(diagnostics.has_errors());
}
