#include "features/help/help_index.hpp"

#include <cmath>

#include "base/text.hpp"
#include "features/help/typing_errors.hpp"

namespace waymark::help {
namespace {

constexpr double kTitle = 6, kKeyword = 4, kSummary = 3, kHeading = 2, kBody = 1;
constexpr double kEachRepeat = 0.1;  // of the place's weight, up to as much again
constexpr double kBeginning = 0.8, kEnding = 0.7, kMisspelt = 0.75;
constexpr std::size_t kBeginningMin = 3, kEndingMin = 4, kMisspeltMin = 4;
constexpr double kTrigramsMin = 0.55;
// Less than this is a word that stands everywhere, or only looks a little like one.
constexpr double kScoreMin = 0.3;
constexpr std::size_t kQueryWordsMax = 12;

std::vector<std::string> folded_words(std::string_view text) {
  const auto folded = fold_name(text);
  std::vector<std::string> words;
  for (const auto word : split(folded, ' ')) {
    if (!word.empty()) words.emplace_back(word);
  }
  return words;
}

// Up to a full stop, a question mark or a colon with a blank behind it.
std::vector<std::string_view> sentences_of(std::string_view text) {
  std::vector<std::string_view> sentences;
  std::size_t begin = 0;
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if ((text[at] != '.' && text[at] != '?' && text[at] != ':') || text[at + 1] != ' ') continue;
    sentences.push_back(text.substr(begin, at + 1 - begin));
    begin = at + 2;
  }
  sentences.push_back(text.substr(begin));
  return sentences;
}

}  // namespace

HelpIndex::HelpIndex(std::span<const catalogue::HelpArticle> articles, std::string_view language) {
  for (const auto& one : articles) {
    const auto& text = one.in(language);
    Article article{.summary = text.summary, .sentences = {}, .weights = {}};
    add_text(article, text.title, kTitle);
    for (const auto& keyword : text.keywords) add_text(article, keyword, kKeyword);
    add_sentences(article, text.summary, kSummary);
    for (const auto& block : text.blocks) {
      const bool is_heading = block.kind == catalogue::HelpBlock::Kind::heading;
      for (const auto& line : block.lines) {
        const auto plain = catalogue::plain_text(line);
        if (is_heading) add_text(article, plain, kHeading);
        if (!is_heading) add_sentences(article, plain, kBody);
      }
    }
    articles_.push_back(std::move(article));
  }
  add_trigrams();
  rate_words();
}

std::vector<WordId> HelpIndex::add_words(std::string_view text) {
  std::vector<WordId> ids;
  for (auto& word : folded_words(text)) {
    const auto [found, is_new] = ids_.emplace(word, static_cast<WordId>(words_.size()));
    if (is_new) words_.push_back(std::move(word));
    ids.push_back(found->second);
  }
  return ids;
}

void HelpIndex::add_text(Article& article, std::string_view text, double weight) {
  for (const auto id : add_words(text)) {
    auto& present = article.weights[id];
    present = present < weight ? weight : std::min(present + kEachRepeat * weight, 2 * present);
  }
}

void HelpIndex::add_sentences(Article& article, std::string_view text, double weight) {
  add_text(article, text, weight);
  for (const auto sentence : sentences_of(text)) {
    auto words = add_words(sentence);
    std::ranges::sort(words);
    article.sentences.push_back({std::string(sentence), std::move(words)});
  }
}

void HelpIndex::add_trigrams() {
  for (WordId id = 0; id < words_.size(); ++id) {
    const auto trigrams = trigrams_of(words_[id]);
    trigram_counts_.push_back(trigrams.size());
    for (const auto& trigram : trigrams) by_trigram_[trigram].push_back(id);
  }
}

void HelpIndex::rate_words() {
  std::vector<std::size_t> articles_with(words_.size());
  for (const auto& article : articles_) {
    for (const auto& [id, weight] : article.weights) ++articles_with[id];
  }
  const auto all = std::log(static_cast<double>(articles_.size()) + 1);
  for (const auto count : articles_with) rarities_.push_back(1 - std::log(static_cast<double>(count)) / all);
}

std::vector<MeantWord> HelpIndex::list_meant(std::string_view folded) const {
  std::map<WordId, double> likenesses;
  const auto note = [&](WordId id, double likeness) {
    auto& present = likenesses[id];
    present = std::max(present, likeness);
  };
  for (WordId id = 0; id < words_.size(); ++id) {
    const std::string_view word = words_[id];
    if (word == folded) {
      note(id, 1);
    } else if (folded.size() >= kBeginningMin && word.starts_with(folded)) {
      note(id, kBeginning);
    } else if (word.size() >= kEndingMin && folded.starts_with(word)) {
      note(id, kEnding);
    } else if (folded.size() >= kMisspeltMin && word.size() >= kMisspeltMin && is_one_error_apart(folded, word)) {
      note(id, kMisspelt);
    }
  }
  const auto trigrams = trigrams_of(folded);
  std::map<WordId, std::size_t> shared;
  for (const auto& trigram : trigrams) {
    const auto found = by_trigram_.find(trigram);
    if (found == by_trigram_.end() || folded.size() < kMisspeltMin) continue;
    for (const auto id : found->second) ++shared[id];
  }
  for (const auto& [id, count] : shared) {
    const double alike = 2 * static_cast<double>(count) / static_cast<double>(trigrams.size() + trigram_counts_[id]);
    if (alike >= kTrigramsMin) note(id, alike * kMisspelt);
  }
  std::vector<MeantWord> meant;
  for (const auto& [id, likeness] : likenesses) meant.push_back({id, likeness});
  return meant;
}

std::vector<HelpIndex::Found> HelpIndex::find(std::string_view query, std::size_t most) const {
  auto typed = folded_words(query);
  if (typed.size() > kQueryWordsMax) typed.resize(kQueryWordsMax);
  std::vector<double> scores(articles_.size());
  std::map<WordId, double> all_meant;
  for (const auto& word : typed) {
    const auto meant = list_meant(word);
    for (const auto& [id, likeness] : meant) {
      auto& present = all_meant[id];
      present = std::max(present, likeness * rarities_[id]);
    }
    for (std::size_t at = 0; at < articles_.size(); ++at) {
      // Of all that the word may have meant, what fits this article best.
      double best = 0;
      for (const auto& [id, likeness] : meant) {
        const auto found = articles_[at].weights.find(id);
        if (found != articles_[at].weights.end()) best = std::max(best, likeness * rarities_[id] * found->second);
      }
      scores[at] += best;
    }
  }
  std::vector<Found> found;
  for (std::size_t at = 0; at < articles_.size(); ++at) {
    if (scores[at] >= kScoreMin) found.push_back({at, scores[at], {}});
  }
  std::ranges::sort(found, {}, [](const Found& one) { return std::pair(-one.score, one.article); });
  if (found.size() > most) found.resize(most);
  for (auto& one : found) one.context = context_of(articles_[one.article], all_meant);
  return found;
}

std::string HelpIndex::context_of(const Article& article, const std::map<WordId, double>& meant) const {
  const Sentence* best = nullptr;
  double most = 0;
  for (const auto& sentence : article.sentences) {
    double fits = 0;
    for (const auto& [id, likeness] : meant) {
      if (std::ranges::binary_search(sentence.words, id)) fits += likeness;
    }
    if (fits > most) {
      best = &sentence;
      most = fits;
    }
  }
  return best == nullptr ? article.summary : best->text;
}

}  // namespace waymark::help
