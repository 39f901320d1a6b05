#include <doctest/doctest.h>

#include <array>
#include <vector>

#include "tests/core/document_examples.hpp"

using namespace skein;
using namespace skein::examples;

TEST_CASE("golden texts of graph documents") {
  const std::vector<std::array<const char*, 2>> cases = {
      // another version
      {R"text({"format": "skein/2", "graph": 3, "what": 4})text",
       R"text(g.json:1:1: error: the key "nodes" is missing [missing-key]
g.json:1:1: error: the key "flow" is missing [missing-key]
g.json:1:12: error: the document is written in a format that this version cannot read [wrong-format]
  path: format
  expected: "skein/1"
  found: "skein/2"
g.json:1:32: error: "graph" must be a text, not an integer [wrong-type]
  path: graph
  expected: a text
  found: 3, an integer
g.json:1:35: error: the key "what" is not known here [unknown-key]
  path: what
  expected: $schema, format, graph, summary, revision, requires, roles, parameters, ports, variables, frames, populations, slots, nodes, flow
  found: "what"
)text"},
      // no format
      {R"text({"graph": "g", "nodes": {}, "flow": []})text",
       R"text(g.json:1:1: error: the document does not say which format it has [wrong-format]
  path: format
  expected: "skein/1"
  suggestion: "format": "skein/1"
)text"},
      // unknown format
      {R"text({"format": 1, "graph": "g", "nodes": {}, "flow": []})text",
       R"text(g.json:1:12: error: the format is not known [wrong-format]
  path: format
  expected: "skein/1"
  found: 1, an integer
  suggestion: "format": "skein/1"
)text"},
      // a run instead of a graph
      {R"text({"format": "skein/1", "run": "r"})text",
       R"text(g.json:1:1: error: this is a run document, not a graph [wrong-document]
  expected: an object with "graph", "nodes" and "flow"
)text"},
      // missing keys
      {R"text({"format": "skein/1"})text",
       R"text(g.json:1:1: error: the key "graph" is missing [missing-key]
g.json:1:1: error: the key "nodes" is missing [missing-key]
g.json:1:1: error: the key "flow" is missing [missing-key]
)text"},
      // no object
      {R"text([1])text",
       R"text(g.json:1:1: error: the value must be an object, not a list [wrong-type]
  expected: an object
  found: a list
)text"},
      // bad name of a graph
      {R"text({"format": "skein/1", "graph": "Main Loop", "nodes": {}, "flow": []})text",
       R"text(g.json:1:32: error: "Main Loop" cannot be a name here [bad-name]
  path: graph
  expected: a small letter, then small letters, digits and _
  found: "Main Loop"
  suggestion: main_loop
)text"},
      // unknown key
      {R"text({"format": "skein/1", "graph": "g",
 "variabels": {},
 "nodes": {"a": {"operator": "copy"}}, "flow": ["a"]})text",
       R"text(g.json:2:2: error: the key "variabels" is not known here [unknown-key]
  path: variabels
  expected: $schema, format, graph, summary, revision, requires, roles, parameters, ports, variables, frames, populations, slots, nodes, flow
  found: "variabels"
  suggestion: variables
)text"},
      // name given twice
      {R"text({"format": "skein/1", "graph": "g",
 "parameters": {"size": {"type": "integer"}},
 "variables": {"size": "integer"},
 "nodes": {"a": {"operator": "copy"}}, "flow": ["a"]})text",
       R"text(g.json:3:16: error: the name "size" was already given to parameters/size at line 2, column 17 [name-given-twice]
  path: variables/size
  expected: each name once among the parameters, ports, variables, frames and populations of a graph
)text"},
      // bad type
      {R"text({"format": "skein/1", "graph": "g",
 "variables": {"x": "real[n", "y": {"type": "real[n]"}},
 "populations": {"p": {"rows": 3, "columns": {"c": "real"}}},
 "nodes": {"a": {"operator": "copy"}}, "flow": ["a"]})text",
       R"text(g.json:2:21: error: "real[n" is not written as a type [bad-type]
  path: variables/x
  expected: a type such as real, integer, boolean, solution, real[d], real[n,d] or index<swarm>[n]
  found: "real[n"
g.json:2:45: error: a column cannot stand among the variables: it belongs to a population [bad-type]
  path: variables/y/type
  expected: a type without the axis n or m
  found: "real[n]"
g.json:3:52: error: the type of a column must have the axis n first [bad-type]
  path: populations/p/columns/c
  expected: a type such as real[n] or real[n,d]
  found: "real"
  suggestion: real[n]
)text"},
      // type of a parameter
      {R"text({"format": "skein/1", "graph": "g",
 "parameters": {"x": {"type": "reel"}},
 "nodes": {"a": {"operator": "copy"}}, "flow": ["a"]})text",
       R"text(g.json:2:31: error: "reel" is no type of a parameter [bad-type]
  path: parameters/x/type
  expected: boolean, integer, real, text, choice, reals, any
  found: "reel"
  suggestion: real
)text"},
      // keys that belong elsewhere
      {R"text({"format": "skein/1", "graph": "g",
 "parameters": {"x": {"type": "text", "minimum": 1}}, "ports": {"out": {"y": {"type": "real", "columns": {}}}},
 "nodes": {"a": {"operator": "copy"}}, "flow": ["a"]})text",
       R"text(g.json:2:50: error: only a parameter that is a number has a minimum [misplaced-key]
  path: parameters/x/minimum
g.json:2:106: error: only a port of the type "population" has columns [misplaced-key]
  path: ports/out/y/columns
)text"},
      // default out of range
      {R"text({"format": "skein/1", "graph": "g",
 "parameters": {"x": {"type": "real", "default": -1, "minimum": 0}},
 "nodes": {"a": {"operator": "copy"}}, "flow": ["a"]})text",
       R"text(g.json:2:50: error: "default" must be at least 0.0 [out-of-range]
  path: parameters/x/default
  expected: at least 0.0
  found: -1
)text"},
      // default not among the choices
      {R"text({"format": "skein/1", "graph": "g",
 "parameters": {"x": {"type": "choice", "default": "wrp", "choices": ["clamp", "wrap"]}},
 "nodes": {"a": {"operator": "copy"}}, "flow": ["a"]})text",
       R"text(g.json:2:52: error: "wrp" is not among the choices [unknown-choice]
  path: parameters/x/default
  expected: clamp, wrap
  found: "wrp"
  suggestion: wrap
)text"},
      // default of another type
      {R"text({"format": "skein/1", "graph": "g",
 "parameters": {"x": {"type": "integer", "default": 2.5}},
 "nodes": {"a": {"operator": "copy"}}, "flow": ["a"]})text",
       R"text(g.json:2:53: error: "default" must be an integer, not a real number [wrong-type]
  path: parameters/x/default
  expected: an integer
  found: 2.5, a real number
)text"},
      // rows
      {R"text({"format": "skein/1", "graph": "g",
 "populations": {"p": {"rows": "ten"}, "q": {"rows": -1}},
 "nodes": {"a": {"operator": "copy"}}, "flow": ["a"]})text",
       R"text(g.json:2:32: error: a number of rows must be an integer or an expression that starts with "=", not a text [wrong-type]
  path: populations/p/rows
  expected: an integer or an expression that starts with "="
  found: "ten", a text
g.json:2:54: error: "rows" must be from 0 to 4294967295 [out-of-range]
  path: populations/q/rows
  expected: from 0 to 4294967295
  found: -1
)text"},
      // node name
      {R"text({"format": "skein/1", "graph": "g", "nodes": {"a/b": {"operator": "copy"}}, "flow": ["a/b"]})text",
       R"text(g.json:1:47: error: "a/b" cannot be a name here [bad-name]
  path: nodes/a/b
  expected: a text that is not empty, without / . = # [ ] and control characters
  found: "a/b"
  suggestion: a_b
)text"},
      // component without kind
      {R"text({"format": "skein/1", "graph": "g", "nodes": {
 "a": {"parameters": {}}
}, "flow": ["a"]})text",
       R"text(g.json:2:7: error: nothing says which operator, graph or slot this is [missing-key]
  path: nodes/a
  expected: one of the keys "operator", "graph" and "slot"
)text"},
      // component with a misspelled kind
      {R"text({"format": "skein/1", "graph": "g", "nodes": {
 "a": {"opertor": "copy"}
}, "flow": ["a"]})text",
       R"text(g.json:2:8: error: the key "opertor" is not known here [unknown-key]
  path: nodes/a/opertor
  expected: operator, graph, slot, revision, parameters, in, out, inout, streams, slots
  found: "opertor"
  suggestion: operator
)text"},
      // component with two kinds
      {R"text({"format": "skein/1", "graph": "g", "nodes": {
 "a": {"operator": "copy", "slot": "x"}
}, "flow": ["a"]})text",
       R"text(g.json:2:28: error: "slot" cannot stand beside "operator" [conflicting-keys]
  path: nodes/a/slot
  expected: "operator" or "slot", not both
)text"},
      // component that is no object
      {R"text({"format": "skein/1", "graph": "g", "nodes": {
 "a": "copy"
}, "flow": ["a"]})text",
       R"text(g.json:2:7: error: a node must be an object, not a text [wrong-type]
  path: nodes/a
  expected: an object
  found: "copy", a text
  suggestion: {"operator": "copy"}
)text"},
      // reference
      {R"text({"format": "skein/1", "graph": "g", "nodes": {
 "a": {"operator": "Copy It"}
}, "flow": ["a"]})text",
       R"text(g.json:2:20: error: "Copy It" cannot be a name here [bad-name]
  path: nodes/a/operator
  expected: a name, or plugin:name
  found: "Copy It"
  suggestion: copy_it
)text"},
      // slots of an operator
      {R"text({"format": "skein/1", "graph": "g", "nodes": {
 "a": {"operator": "copy", "slots": {}}
}, "flow": ["a"]})text",
       R"text(g.json:2:37: error: only a graph has slots that can be filled here [misplaced-key]
  path: nodes/a/slots
  expected: "slots" beside "graph"
  found: "slots" beside "operator"
)text"},
      // binding
      {R"text({"format": "skein/1", "graph": "g", "nodes": {
 "a": {"operator": "copy", "in": {"x": null, "y": [[1]]}}
}, "flow": ["a"]})text",
       R"text(g.json:2:40: error: a binding must be a name, a number, a boolean, an expression that starts with "=", or a list of those, not null [wrong-type]
  path: nodes/a/in/x
  expected: a name, a number, a boolean, an expression that starts with "=", or a list of those
  found: null
g.json:2:52: error: a binding must be a name, a number, a boolean, an expression that starts with "=", or a list of those, not a list [wrong-type]
  path: nodes/a/in/y/0
  expected: a name, a number, a boolean, an expression that starts with "=", or a list of those
  found: a list
)text"},
      // constant as output
      {R"text({"format": "skein/1", "graph": "g", "nodes": {
 "a": {"operator": "copy", "out": {"x": 3}}
}, "flow": ["a"]})text",
       R"text(g.json:2:41: error: what an operator writes must be the name of a variable, not an integer [wrong-type]
  path: nodes/a/out/x
  expected: the name of a variable
  found: 3, an integer
)text"},
      // port bound twice
      {R"text({"format": "skein/1", "graph": "g", "nodes": {
 "a": {"operator": "copy", "in": {"x": "y"},
 "out": {"x": "z"}}
}, "flow": ["a"]})text",
       R"text(g.json:3:10: error: the name "x" was already given to nodes/a/in/x at line 2, column 35 [name-given-twice]
  path: nodes/a/out/x
  expected: each name once among the ports of a node
)text"},
      // streams
      {R"text({"format": "skein/1", "graph": "g", "nodes": {
 "a": {"operator": "copy", "streams": 3}
}, "flow": ["a"]})text",
       R"text(g.json:2:39: error: "streams" must be a text, or an object of stream names and texts, not an integer [wrong-type]
  path: nodes/a/streams
  expected: a text, or an object of stream names and texts
  found: 3, an integer
)text"},
      // empty stream
      {R"text({"format": "skein/1", "graph": "g", "nodes": {
 "a": {"operator": "copy", "streams": {"s": ""}}
}, "flow": ["a"]})text",
       R"text(g.json:2:45: error: the name of a stream must not be empty [bad-name]
  path: nodes/a/streams/s
  expected: a text that is not empty
)text"},
      // list of fillers
      {R"text({"format": "skein/1", "graph": "g", "nodes": {
 "a": {"graph": "h", "slots": {"s": ["x"]}}
}, "flow": ["a"]})text",
       R"text(g.json:2:37: error: what fills a slot must be a name, an object or null, not a list [wrong-type]
  path: nodes/a/slots/s
  expected: a name, an object or null
  found: a list
  suggestion: several fillers are an object of named entries: {"first": "…"}
)text"},
      // unknown node
      {R"text({"format": "skein/1", "graph": "g", "nodes": {"move": {"operator": "copy"}},
 "flow": ["move", "mvoe"]})text",
       R"text(g.json:2:19: error: the flow names the node "mvoe", which is not declared [unknown-node]
  path: flow/1
  expected: a node that stands in "nodes"
  found: "mvoe"
  suggestion: move
)text"},
      // unreachable node
      {R"text({"format": "skein/1", "graph": "g", "nodes": {"move": {"operator": "copy"},
 "idle": {"operator": "copy"}}, "flow": ["move"]})text",
       R"text(g.json:2:2: warning: the node "idle" is declared but never stands in the flow [unreachable-node]
  path: nodes/idle
)text"},
      // item of the flow
      {R"text({"format": "skein/1", "graph": "g", "nodes": {"move": {"operator": "copy"}},
 "flow": ["move", 3]})text",
       R"text(g.json:2:19: error: an item of the flow must be the name of a node, a list, or an object with "loop", "if", "for_each", "parallel" or "repeat", not an integer [wrong-type]
  path: flow/1
  expected: the name of a node, a list, or an object with "loop", "if", "for_each", "parallel" or "repeat"
  found: 3, an integer
)text"},
      // item without a word
      {R"text({"format": "skein/1", "graph": "g", "nodes": {"move": {"operator": "copy"}},
 "flow": ["move", {}, {"lop": []}]})text",
       R"text(g.json:2:19: error: nothing says what this item of the flow is [missing-key]
  path: flow/1
  expected: "loop", "if", "for_each", "parallel" or "repeat"
g.json:2:24: error: the key "lop" is not known here [unknown-key]
  path: flow/2/lop
  expected: loop, while, until, if, then, else, for_each, parallel, repeat, order, do
  found: "lop"
  suggestion: loop
)text"},
      // loop and branch in one
      {R"text({"format": "skein/1", "graph": "g", "nodes": {"move": {"operator": "copy"}},
 "flow": ["move", {"loop": [], "until": "= x", "if": "= y"}]})text",
       R"text(g.json:2:48: error: "if" cannot stand beside "loop" [conflicting-keys]
  path: flow/1/if
  expected: "loop" or "if", not both
)text"},
      // loop without end
      {R"text({"format": "skein/1", "graph": "g", "nodes": {"move": {"operator": "copy"}},
 "flow": ["move", {"loop": ["move"]}]})text",
       R"text(g.json:2:19: error: nothing says when this loop ends [missing-key]
  path: flow/1
  expected: "while" or "until", with an expression
)text"},
      // loop with two conditions
      {R"text({"format": "skein/1", "graph": "g", "nodes": {"move": {"operator": "copy"}},
 "flow": ["move", {"loop": ["move"], "until": "= x", "while": "= y"}]})text",
       R"text(g.json:2:54: error: "while" cannot stand beside "until" [conflicting-keys]
  path: flow/1/while
  expected: "while" or "until", not both
)text"},
      // condition
      {R"text({"format": "skein/1", "graph": "g", "nodes": {"move": {"operator": "copy"}},
 "flow": ["move", {"if": "stop", "then": []}, {"loop": [], "while": true}]})text",
       R"text(g.json:2:26: error: a condition must be an expression that starts with "=" [wrong-type]
  path: flow/1/if
  expected: an expression that starts with "="
  found: "stop", a text
  suggestion: "= stop"
g.json:2:69: error: a condition must be an expression that starts with "=", not a boolean [wrong-type]
  path: flow/2/while
  expected: an expression that starts with "="
  found: true, a boolean
)text"},
      // branch without then
      {R"text({"format": "skein/1", "graph": "g", "nodes": {"move": {"operator": "copy"}},
 "flow": ["move", {"if": "= stop"}]})text",
       R"text(g.json:2:19: error: the key "then" is missing [missing-key]
  path: flow/1
)text"},
  };
  for (const auto& [text, expected] : cases) CHECK(graph_findings(text) == expected);
}
