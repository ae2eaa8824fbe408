package createtrend.nori;

import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.ko.KoreanTokenizer;
import org.elasticsearch.plugin.NamedComponent;
import org.elasticsearch.plugin.analysis.TokenizerFactory;

/**
 * Lucene's Korean tokenizer under the name that the official analysis-nori plugin
 * uses. Both have the same defaults (decompound mode: discard), so an index behaves
 * the same with either.
 */
@NamedComponent("nori_tokenizer")
public class NoriTokenizerFactory implements TokenizerFactory {
    @Override
    public Tokenizer create() {
        return new KoreanTokenizer();
    }
}
