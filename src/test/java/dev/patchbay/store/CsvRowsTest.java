package dev.patchbay.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.store.CsvRows.Row;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvRowsTest {

    @Test
    void quotesLineBreaksAndEmptyLinesAreRead() throws IOException {
        assertThat(rows("\uFEFF\"phone\",name\r\n+1,\"A, \"\"x\"\"\"\n\n\r\n+2,\"two\nlines\"\n+3,ç 😀\n+4,"))
                .containsExactly(
                        new Row(1, List.of("phone", "name"), null),
                        new Row(2, List.of("+1", "A, \"x\""), null),
                        new Row(5, List.of("+2", "two\nlines"), null),
                        new Row(7, List.of("+3", "ç 😀"), null),
                        new Row(8, List.of("+4", ""), null));
    }

    @Test
    void aRowThatIsWrongIsOneRow() throws IOException {
        List<Row> rows = rows("a,b\n1,\"bad\"x,y\n2,ok\n");
        assertThat(rows).extracting(Row::line).containsExactly(1, 2, 3);
        assertThat(rows.get(1).fault()).contains("quote");
        assertThat(rows.get(2)).isEqualTo(new Row(3, List.of("2", "ok"), null));
    }

    @Test
    void aQuoteThatIsNeverClosedIsAFaultOfItsLine() throws IOException {
        List<Row> rows = rows("a,b\n1,ok\n2,\"open\n3,x\n");
        assertThat(rows).extracting(Row::line).containsExactly(1, 2, 3);
        assertThat(rows.get(2).fault()).contains("quote is not closed");
    }

    @Test
    void aTextWithoutEndIsNotKept() throws IOException {
        List<Row> rows = rows("a,b\n1,\"" + "x".repeat(100_000) + "\n2,x\n3,ok\n");
        assertThat(rows.get(1).line()).isEqualTo(2);
        assertThat(rows.get(1).fault()).contains("longer than");
        assertThat(rows.get(rows.size() - 1)).isEqualTo(new Row(4, List.of("3", "ok"), null));
        assertThat(rows(",".repeat(1_000_000)).get(0).cells()).hasSize(CustomerFields.MOST + 1);
    }

    @Test
    void bytesThatAreNoUtf8AreMarked() throws IOException {
        Row row = new CsvRows(new ByteArrayInputStream(new byte[] {'a', (byte) 0xff, ',', 'b'})).next();
        assertThat(row).isEqualTo(new Row(1, List.of("a" + CsvRows.REPLACEMENT, "b"), null));
    }

    @Test
    void nothingIsNoRow() throws IOException {
        assertThat(rows("")).isEmpty();
        assertThat(rows("\uFEFF")).isEmpty();
        assertThat(rows("\n\n")).isEmpty();
    }

    private static List<Row> rows(String text) throws IOException {
        CsvRows csv = new CsvRows(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        List<Row> rows = new ArrayList<>();
        for (Row row = csv.next(); row != null; row = csv.next()) {
            rows.add(row);
        }
        return rows;
    }
}
