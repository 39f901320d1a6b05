// The verbs of the tool. Each takes the arguments after its name and returns the exit code.
#pragma once

#include <string>
#include <vector>

namespace skein::tool {

using Arguments = std::vector<std::string>;

int run_verb(const Arguments& arguments);
int validate_verb(const Arguments& arguments);
int fmt_verb(const Arguments& arguments);
int evaluate_verb(const Arguments& arguments);
int list_verb(const Arguments& arguments);
int describe_verb(const Arguments& arguments);
int graph_verb(const Arguments& arguments);
int debug_verb(const Arguments& arguments);
int schema_verb(const Arguments& arguments);
int check_plugin_verb(const Arguments& arguments);
int new_verb(const Arguments& arguments);

}  // namespace skein::tool
