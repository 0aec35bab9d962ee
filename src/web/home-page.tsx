import { Page } from './page.tsx'

/** What somebody sees who opens the program's address. */
export function HomePage(props: { isReady: boolean; hasChat: boolean }) {
  return (
    <Page title="Nếp">
      <main class="plain">
        <h1>Nếp</h1>
        <p class="lead">Trợ lý của chi bộ: đăng ký việc làm theo, nhắc lịch sinh hoạt, tổng hợp kết quả.</p>
        <p>{props.isReady ? 'Chương trình đang chạy bình thường.' : 'Chương trình đang chạy nhưng chưa sẵn sàng.'}</p>
        {props.hasChat ? (
          <p>
            <a class="button" href="/chat">
              Mở trang trò chuyện thử
            </a>
          </p>
        ) : (
          <p>Mời đồng chí nhắn cho bot trong nhóm của chi bộ.</p>
        )}
        <p class="small">
          Dành cho người vận hành: <a href="/readyz">tình trạng</a>, <a href="/metrics">số đo</a>.
        </p>
      </main>
    </Page>
  )
}
