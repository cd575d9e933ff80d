#include "documents/html.h"

#include <libxml/HTMLparser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/error.h"
#include "documents/plain_text.h"
#include "text/utf8.h"

namespace mynah::documents {
namespace {

enum class Role { inside_line, superscript, block, heading, preformatted, line_break, title, skipped };

struct Element {
  std::string_view name;
  Role role;
};

constexpr std::array<Element, 61> kElements{{
    {"address", Role::block},    {"article", Role::block},    {"blockquote", Role::block}, {"body", Role::block},
    {"caption", Role::block},    {"center", Role::block},     {"dd", Role::block},         {"details", Role::block},
    {"div", Role::block},        {"dl", Role::block},         {"dt", Role::block},         {"fieldset", Role::block},
    {"figcaption", Role::block}, {"figure", Role::block},     {"header", Role::block},     {"hr", Role::block},
    {"html", Role::block},       {"li", Role::block},         {"main", Role::block},       {"ol", Role::block},
    {"p", Role::block},          {"section", Role::block},    {"summary", Role::block},    {"table", Role::block},
    {"tbody", Role::block},      {"td", Role::block},         {"tfoot", Role::block},      {"th", Role::block},
    {"thead", Role::block},      {"tr", Role::block},         {"ul", Role::block},         {"h1", Role::heading},
    {"h2", Role::heading},       {"h3", Role::heading},       {"h4", Role::heading},       {"h5", Role::heading},
    {"h6", Role::heading},       {"pre", Role::preformatted}, {"br", Role::line_break},    {"title", Role::title},
    {"aside", Role::skipped},    {"audio", Role::skipped},    {"button", Role::skipped},   {"canvas", Role::skipped},
    {"footer", Role::skipped},   {"form", Role::skipped},     {"iframe", Role::skipped},   {"nav", Role::skipped},
    {"noscript", Role::skipped}, {"object", Role::skipped},   {"option", Role::skipped},   {"script", Role::skipped},
    {"select", Role::skipped},   {"style", Role::skipped},    {"svg", Role::skipped},      {"template", Role::skipped},
    {"textarea", Role::skipped}, {"video", Role::skipped},    {"menu", Role::skipped},     {"dialog", Role::skipped},
    {"sup", Role::superscript},
}};

std::string_view text_of(const xmlChar* text) { return text == nullptr ? "" : reinterpret_cast<const char*>(text); }

struct FreeText {
  void operator()(xmlChar* text) const { xmlFree(text); }
};

bool is_hidden(const xmlNode& element) {
  if (xmlHasProp(&element, reinterpret_cast<const xmlChar*>("hidden")) != nullptr) return true;
  const std::unique_ptr<xmlChar, FreeText> attribute(xmlGetProp(&element, reinterpret_cast<const xmlChar*>("style")));
  std::string style = lower_case(text_of(attribute.get()));
  std::erase_if(style, [](char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); });
  return style.find("display:none") != style.npos;
}

Role role_of(const xmlNode& node) {
  if (node.type == XML_TEXT_NODE || node.type == XML_CDATA_SECTION_NODE) return Role::inside_line;
  if (node.type != XML_ELEMENT_NODE && node.type != XML_HTML_DOCUMENT_NODE) return Role::skipped;
  if (node.type == XML_ELEMENT_NODE && is_hidden(node)) return Role::skipped;
  const auto* element = std::ranges::find(kElements, text_of(node.name), &Element::name);
  return element == kElements.end() ? Role::inside_line : element->role;
}

std::string content_of(const xmlNode& node) {
  const std::unique_ptr<xmlChar, FreeText> content(xmlNodeGetContent(&node));
  return std::string(text_of(content.get()));
}

bool holds_code(const xmlNode& pre) { return pre.children != nullptr && text_of(pre.children->name) == "code"; }

/// "[2]", "[2][3]", "[a], [note 4]": what refers to sources.
bool is_citation(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos || text[first] != '[') return false;
  bool inside = false;
  for (const char byte : text) {
    const bool parts = byte == ',' || byte == ' ' || (byte >= '\t' && byte <= '\r');
    if (inside ? byte == '[' : byte != '[' && !parts) return false;
    inside = inside ? byte != ']' : byte == '[';
  }
  return !inside;
}

/// Gathers text node by node into paragraphs.
class Collector {
 public:
  explicit Collector(Document& document) : document_(document) {}

  /// Returns whether the node's children are to be visited.
  bool enter(const xmlNode& node) {
    const Role role = role_of(node);
    if (role == Role::inside_line) text_ += text_of(node.type == XML_ELEMENT_NODE ? nullptr : node.content);
    if (role == Role::superscript) superscript_ = text_.size();
    if (role == Role::line_break) text_.push_back('\n');
    if (role == Role::block || role == Role::heading) end_paragraph();
    if (role == Role::heading) in_heading_ = true;
    if (role == Role::preformatted) add_preformatted(node);
    if (role == Role::title && document_.title.empty()) document_.title = single_spaced(repaired(content_of(node)));
    return role == Role::inside_line || role == Role::superscript || role == Role::block || role == Role::heading;
  }

  void leave(const xmlNode& node) {
    const Role role = role_of(node);
    if (role == Role::superscript && is_citation(std::string_view(text_).substr(superscript_))) text_.resize(superscript_);
    if (role != Role::block && role != Role::heading) return;
    end_paragraph();
    if (role == Role::heading) in_heading_ = false;
  }

  void end_paragraph() {
    std::string text = single_spaced(repaired(text_));
    text_.clear();
    superscript_ = 0;
    if (text.empty()) return;
    document_.paragraphs.push_back({std::move(text), in_heading_ ? ParagraphKind::heading : ParagraphKind::prose});
  }

 private:
  std::string repaired(std::string_view text) {
    std::string result;
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      result.append(begin == 0 ? "" : "\n").append(repair_line(text.substr(begin, end - begin), document_.repairs));
      begin = end + 1;
    }
    return result;
  }

  void add_preformatted(const xmlNode& node) {
    end_paragraph();
    for (Paragraph& paragraph : plain_text_paragraphs(content_of(node), document_.repairs)) {
      if (holds_code(node)) paragraph.kind = ParagraphKind::code;
      document_.paragraphs.push_back(std::move(paragraph));
    }
  }

  Document& document_;
  std::string text_;
  std::size_t superscript_ = 0;  // where the last one began in text_
  bool in_heading_ = false;
};

/// Every node in order, without recursion: pages nest as deep as they like.
void walk(const xmlNode* root, Collector& collector) {
  for (const xmlNode* node = root; node != nullptr;) {
    if (collector.enter(*node) && node->children != nullptr) {
      node = node->children;
      continue;
    }
    while (node != nullptr) {
      collector.leave(*node);
      if (node == root) return;
      if (node->next != nullptr) break;
      node = node->parent;
    }
    if (node != nullptr) node = node->next;
  }
}

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using Tree = std::unique_ptr<xmlDoc, FreeDocument>;

struct FreeParser {
  void operator()(htmlParserCtxt* parser) const { htmlFreeParserCtxt(parser); }
};

Tree parse(const std::string& bytes) {
  constexpr int kForgiving = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
  const bool ascii = std::ranges::all_of(bytes, [](char byte) { return (byte & 0x80) == 0; });
  const char* encoding = ascii || !is_valid_utf8(bytes) ? nullptr : "UTF-8";  // null: as the page says
  const std::unique_ptr<htmlParserCtxt, FreeParser> parser(htmlNewParserCtxt());
  ensure(parser != nullptr, "there is memory for a parser");
  parser->options |= XML_PARSE_HUGE;  // no end to the text between two tags
  return Tree(htmlCtxtReadMemory(parser.get(), bytes.data(), static_cast<int>(bytes.size()), nullptr, encoding, kForgiving));
}

}  // namespace

void read_html(std::string_view html, Document& document) {
  std::string bytes(html);
  document.repairs.nul += std::erase(bytes, '\0');
  const Tree tree = parse(bytes);
  if (!tree) return;  // nothing in it
  Collector collector(document);
  walk(xmlDocGetRootElement(tree.get()), collector);
  collector.end_paragraph();
}

}  // namespace mynah::documents
